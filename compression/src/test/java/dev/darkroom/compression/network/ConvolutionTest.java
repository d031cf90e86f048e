package dev.darkroom.compression.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

@Tag("determinism")
@org.junit.jupiter.api.Tag("determinism")
class ConvolutionTest {
  @Property(tries = 150)
  void theSelectedKernelReturnsTheScalarReferencesBits(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 21) int inputs,
      @ForAll @IntRange(min = 1, max = 21) int outputs,
      @ForAll @IntRange(min = 1, max = 3) int images,
      @ForAll @IntRange(min = 1, max = 33) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    ConvolutionWeights weights = randomWeights(random, inputs, outputs);
    FeatureMaps input = randomMaps(random, inputs, images, rows, columns);

    FeatureMaps expected = new FeatureMaps(outputs, images, rows, columns);
    new ScalarConvolution(weights).apply(input, expected);
    FeatureMaps actual = new FeatureMaps(outputs, images, rows, columns);
    Convolution.of(weights).apply(input, actual);

    assertThat(bits(actual)).isEqualTo(bits(expected));
  }

  @Property(tries = 50)
  void theScalarReferenceFollowsTheDefinition(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int inputs) {
    SplittableRandom random = new SplittableRandom(seed);
    ConvolutionWeights weights = randomWeights(random, inputs, 3);
    FeatureMaps input = randomMaps(random, inputs, 2, 5, 4);
    FeatureMaps output = new FeatureMaps(3, 2, 5, 4);

    new ScalarConvolution(weights).apply(input, output);

    int[] expected =
        IntStream.range(0, 3 * 2 * 5 * 4)
            .map(i -> sample(weights, input, i / 40, i / 20 % 2, i / 4 % 5, i % 4))
            .toArray();
    assertThat(bits(output)).isEqualTo(expected);
  }

  @Test
  void theBitsOfAKnownNetworkNeverChange() {
    SplittableRandom random = new SplittableRandom(11);
    ConvolutionalNetwork network =
        new ConvolutionalNetwork(
            List.of(
                new ConvolutionalNetwork.Layer(
                    Convolution.of(weights(random, 3, 24, 3, true)),
                    ConvolutionalNetwork.Border.EDGE),
                new ConvolutionalNetwork.Layer(
                    Convolution.of(weights(random, 24, 16, 3, true)),
                    ConvolutionalNetwork.Border.ZERO),
                new ConvolutionalNetwork.Layer(
                    Convolution.of(weights(random, 16, 5, 1, false)),
                    ConvolutionalNetwork.Border.ZERO)));

    FeatureMaps output = network.apply(randomMaps(random, 3, 2, 16, 16));

    assertThat(Arrays.hashCode(bits(output))).isEqualTo(-2102688587);
  }

  @Test
  void vectorsAreUsedWhereTheyAreToBeHad() {
    boolean vectors =
        !Boolean.getBoolean("darkroom.scalar")
            && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    Convolution selected = Convolution.of(weights(new SplittableRandom(1), 1, 1, 1, false));

    assertThat(selected instanceof ScalarConvolution).isNotEqualTo(vectors);
  }

  @Test
  void manyThreadsReturnTheSameBits() {
    SplittableRandom random = new SplittableRandom(5);
    Convolution convolution = Convolution.of(weights(random, 16, 16, 3, true));
    FeatureMaps input = randomMaps(random, 16, 4, 16, 16);
    FeatureMaps expected = new FeatureMaps(16, 4, 16, 16);
    new ScalarConvolution(convolution.weights()).apply(input, expected);

    List<int[]> results =
        IntStream.range(0, 32)
            .parallel()
            .mapToObj(
                i -> {
                  FeatureMaps output = new FeatureMaps(16, 4, 16, 16);
                  convolution.apply(input, output);
                  return bits(output);
                })
            .toList();

    assertThat(results).allSatisfy(bits -> assertThat(bits).isEqualTo(bits(expected)));
  }

  @Test
  void bordersAreWhatTheyAreSetTo() {
    FeatureMaps maps = randomMaps(new SplittableRandom(2), 2, 2, 3, 4);
    float[] data = maps.data();

    maps.repeatEdge();
    assertThat(data[maps.index(1, 1, -1) - 1]).isEqualTo(data[maps.index(1, 1, 0)]);
    assertThat(data[maps.index(0, 1, 3) + 4]).isEqualTo(data[maps.index(0, 1, 2) + 3]);
    assertThat(data[maps.index(0, 0, -1) + 2]).isEqualTo(data[maps.index(0, 0, 0) + 2]);
    assertThat(data[maps.index(1, 0, 1) + 4]).isEqualTo(data[maps.index(1, 0, 1) + 3]);

    maps.clearBorder();
    for (int row = -1; row <= 3; row++) {
      assertThat(data[maps.index(1, 1, row) - 1]).isZero();
      assertThat(data[maps.index(1, 1, row) + 4]).isZero();
    }
    assertThat(data[maps.index(0, 0, -1) + 1]).isZero();
    assertThat(data[maps.index(0, 0, 3) + 1]).isZero();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    ConvolutionWeights weights = weights(new SplittableRandom(1), 2, 3, 3, true);
    Convolution convolution = Convolution.of(weights);
    FeatureMaps two = new FeatureMaps(2, 1, 4, 4);
    FeatureMaps three = new FeatureMaps(3, 1, 4, 4);
    FeatureMaps large = new FeatureMaps(3, 1, 5, 4);

    assertThatIllegalArgumentException().isThrownBy(() -> convolution.apply(two, two));
    assertThatIllegalArgumentException().isThrownBy(() -> convolution.apply(two, large));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> convolution.apply(new FeatureMaps(1, 1, 4, 4), three));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConvolutionWeights(1, 1, 2, new float[4], new float[1], false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConvolutionWeights(1, 1, 3, new float[8], new float[1], false));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ConvolutionWeights(1, 1, 1, new float[] {Float.NaN}, new float[1], false));
  }

  /** One output's bits, from the definition, by asking for every sample on its own. */
  private static int sample(
      ConvolutionWeights weights, FeatureMaps input, int o, int image, int row, int column) {
    int reach = weights.side() / 2;
    int next = o * weights.inputs() * weights.side() * weights.side();
    float sum = weights.biases()[o];
    for (int i = 0; i < weights.inputs(); i++) {
      for (int y = row - reach; y <= row + reach; y++) {
        for (int x = column - reach; x <= column + reach; x++) {
          sum =
              Math.fma(input.data()[input.index(i, image, y) + x], weights.weights()[next++], sum);
        }
      }
    }
    return Float.floatToRawIntBits(weights.rectified() ? Math.max(sum, 0) : sum);
  }

  private static ConvolutionWeights randomWeights(
      SplittableRandom random, int inputs, int outputs) {
    return weights(random, inputs, outputs, random.nextBoolean() ? 3 : 1, random.nextBoolean());
  }

  private static ConvolutionWeights weights(
      SplittableRandom random, int inputs, int outputs, int side, boolean rectified) {
    float[] weights = new float[outputs * inputs * side * side];
    float[] biases = new float[outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-1, 1);
    }
    for (int i = 0; i < biases.length; i++) {
      biases[i] = (float) random.nextDouble(-1, 1);
    }
    return new ConvolutionWeights(inputs, outputs, side, weights, biases, rectified);
  }

  /** Random samples of many magnitudes, in the border too. */
  private static FeatureMaps randomMaps(
      SplittableRandom random, int channels, int images, int rows, int columns) {
    FeatureMaps maps = new FeatureMaps(channels, images, rows, columns);
    for (int i = 0; i < maps.data().length; i++) {
      maps.data()[i] = (float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-12, 12));
    }
    return maps;
  }

  /** The bits of all samples without the border, by channel, image, row and column. */
  private static int[] bits(FeatureMaps maps) {
    int[] result = new int[maps.channels() * maps.images() * maps.rows() * maps.columns()];
    int next = 0;
    for (int channel = 0; channel < maps.channels(); channel++) {
      for (int image = 0; image < maps.images(); image++) {
        for (int row = 0; row < maps.rows(); row++) {
          int start = maps.index(channel, image, row);
          for (int x = 0; x < maps.columns(); x++) {
            result[next++] = Float.floatToRawIntBits(maps.data()[start + x]);
          }
        }
      }
    }
    return result;
  }
}
