package dev.darkroom.compression.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.entropy.CorruptStreamException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTest {
  @Property(tries = 200)
  void anyFlowRestoresSamplesAndReturnsTheStackToItsSeed(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Flow flow = RandomFlow.narrow(random).flow();
    FixedPointTensor samples = randomSamples(random, flow);
    BitStack stack = BitStack.forEncoding();

    flow.encode(copy(samples), stack);
    BitStack received = BitStack.parse(stack.toBytes());
    FixedPointTensor decoded =
        flow.decode(samples.images(), samples.rows(), samples.columns(), received);

    assertThat(decoded).isEqualTo(samples);
    received.requireSeedState();
  }

  @Property(tries = 200)
  void everyLayerUndoesItsInverseAndItsInverseUndoesIt(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Flow flow = RandomFlow.narrow(random).flow();
    BitStack stack = RandomStacks.of(random);
    FixedPointTensor x = randomSamples(random, flow);
    for (FlowLayer layer : flow.layers()) {
      if (!(layer instanceof Dequantization)) {
        x = spread(random, x);
      }
      FixedPointTensor input = copy(x);
      double before = stack.netBits();

      FixedPointTensor output = copy(layer.forward(copy(input), stack));
      FixedPointTensor back = copy(layer.inverse(copy(output), stack));
      assertThat(back).isEqualTo(input);
      assertThat(stack.netBits()).isCloseTo(before, within(1e-6));
      x = layer.forward(back, stack);
      assertThat(x).isEqualTo(output);
    }
  }

  @Property(tries = 40)
  void codedLengthIsTheNegativeLogLikelihood(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Flow flow = RandomFlow.wide(random).flow();
    BitStack stack = RandomStacks.of(random);
    double ideal = 0;
    double coded = 0;
    int subpixels = 0;
    for (int i = 0; i < 4; i++) {
      FixedPointTensor x =
          smooth(random, flow.channels(), 2, 8 * flow.granularity(), 8 * flow.granularity());
      subpixels += x.values().length;
      double before = stack.netBits();
      RealTensor real = RealTensor.of(x);
      for (FlowLayer layer : flow.layers()) {
        x = layer.forward(x, stack);
        if (layer instanceof Dequantization) {
          real = onSampleScale(x);
        }
      }
      coded += stack.netBits() - before;
      ideal += flow.negativeLogLikelihood(real);
    }
    assertThat(coded / subpixels).isCloseTo(ideal / subpixels, within(0.02));
  }

  @Property(tries = 40)
  void eachLayerCostsItsDeterminantOrDensity(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Flow flow = RandomFlow.wide(random).flow();
    BitStack stack = RandomStacks.of(random);
    int side = 16 * flow.granularity();
    FixedPointTensor x = smooth(random, flow.channels(), 2, side, side);
    for (FlowLayer layer : flow.layers()) {
      int values = x.values().length;
      LogDensity density = new LogDensity();
      layer.transform(RealTensor.of(x), density);
      double before = stack.netBits();

      x = layer.forward(x, stack);

      int ended = values - x.values().length;
      double ideal = FixedPoint.FRACTION_BITS * (double) ended - density.bits();
      if (layer instanceof Dequantization) {
        ideal = -(FixedPoint.FRACTION_BITS - 8.0) * values;
      }
      assertThat((stack.netBits() - before) / values).isCloseTo(ideal / values, within(0.02));
    }
  }

  @Test
  void aFlowOfOtherShapesIsRefused() {
    Flow flow = RandomFlow.narrow(new SplittableRandom(1)).flow();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> flow.decode(1, flow.granularity() + 1, 16, BitStack.forEncoding()))
        .withMessageContaining("multiples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flow.encode(FixedPointTensor.zeros(7, 1, 16, 16), BitStack.forEncoding()))
        .withMessageContaining("channels");
    FixedPointTensor bad = FixedPointTensor.zeros(flow.channels(), 1, 16, 16);
    bad.values()[3] = 256;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flow.encode(bad, BitStack.forEncoding()))
        .withMessageContaining("0 to 255");
  }

  @Property(tries = 100)
  void damagedStreamsEndInAnErrorOrInOtherSamples(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Flow flow = RandomFlow.narrow(random).flow();
    FixedPointTensor samples = randomSamples(random, flow);
    BitStack stack = BitStack.forEncoding();
    flow.encode(copy(samples), stack);
    byte[] bytes = stack.toBytes();
    bytes[8 + random.nextInt(bytes.length - 8)] ^= (byte) (1 + random.nextInt(255));
    BitStack received = BitStack.parse(bytes);

    boolean refused = false;
    FixedPointTensor decoded = samples;
    try {
      decoded = flow.decode(samples.images(), samples.rows(), samples.columns(), received);
      received.requireSeedState();
    } catch (CorruptStreamException | FixedPointRangeException e) {
      refused = true;
    }
    assertThat(refused || !decoded.equals(samples)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"format\": 2, \"channels\": 1, \"layers\": []}",
        "{\"format\": 1, \"channels\": 1, \"layers\": []}",
        "{\"format\": 1, \"channels\": 1, \"layers\": [{\"type\": \"unheard\"}]}",
        "{\"format\": 1, \"channels\": 1, \"layers\": [{\"type\": \"splitPrior\"}]}",
        "{\"format\": 1, \"channels\": 1, \"layers\": [{\"type\": \"splitPrior\", \"start\": 0,"
            + " \"count\": 3, \"scaleCenter\": 0}]}",
        "{\"format\": 1, \"channels\": 1, \"layers\": [{\"type\": \"invertibleConvolution\","
            + " \"start\": 0, \"permutation\": [1]}]}",
        "not json"
      })
  void descriptionsThatDoNotFitAreRefused(String description) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> FlowModel.parse(description.getBytes(StandardCharsets.UTF_8), new byte[12]));
  }

  @Test
  void valuesBeyond32BitsAreRefused() {
    FlowLayer layer =
        new InvertibleConvolution(0, new int[] {0}, new float[1], new float[] {3}, new float[1]);
    FixedPointTensor x = new FixedPointTensor(1, 1, 1, 1, new int[] {Integer.MAX_VALUE});

    assertThatExceptionOfType(FixedPointRangeException.class)
        .isThrownBy(() -> layer.forward(x, BitStack.forEncoding()));
  }

  private static FixedPointTensor randomSamples(SplittableRandom random, Flow flow) {
    int rows = flow.granularity() * random.nextInt(1, 3);
    int columns = flow.granularity() * random.nextInt(1, 4);
    FixedPointTensor samples =
        FixedPointTensor.zeros(flow.channels(), random.nextInt(1, 3), rows, columns);
    for (int i = 0; i < samples.values().length; i++) {
      samples.values()[i] = random.nextInt(4) == 0 ? random.nextInt(2) * 255 : random.nextInt(256);
    }
    return samples;
  }

  /** The same shape with values of all magnitudes that no layer can lift beyond 32 bits. */
  private static FixedPointTensor spread(SplittableRandom random, FixedPointTensor x) {
    for (int i = 0; i < x.values().length; i++) {
      if (random.nextInt(3) == 0) {
        int reach = 1 << random.nextInt(1, 17);
        x.values()[i] = random.nextInt(-reach, reach + 1);
      }
    }
    return x;
  }

  private static FixedPointTensor smooth(
      SplittableRandom random, int channels, int images, int rows, int columns) {
    FixedPointTensor samples = FixedPointTensor.zeros(channels, images, rows, columns);
    double phase = random.nextDouble(6);
    for (int i = 0; i < samples.values().length; i++) {
      int row = i / columns;
      int column = i % columns;
      double wave = 90 * Math.sin(phase + column * 0.2) + 30 * Math.cos(row * 0.3);
      samples.values()[i] = (int) (128 + wave + random.nextDouble(-6, 6));
    }
    return samples;
  }

  private static RealTensor onSampleScale(FixedPointTensor dequantised) {
    RealTensor real = RealTensor.of(dequantised);
    for (int i = 0; i < real.values().length; i++) {
      real.values()[i] = (real.values()[i] + 0.5) * 256;
    }
    return real;
  }

  private static FixedPointTensor copy(FixedPointTensor x) {
    return new FixedPointTensor(
        x.channels(), x.images(), x.rows(), x.columns(), x.values().clone());
  }
}
