package dev.darkroom.compression.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainCoderTest {
  private final PlainCoder coder = new PlainCoder();

  @Property(tries = 300)
  void returnsEveryImage(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll boolean deep,
      @ForAll @IntRange(min = 1, max = 16) int bitsInUse,
      @ForAll long seed)
      throws CodecException {
    int depth = deep ? 16 : 8;
    byte[] samples = new byte[width * height * channels * depth / 8];
    Random random = new Random(seed);
    int mask = (1 << bitsInUse) - 1;
    int walk = random.nextInt(1 << depth);
    for (int i = 0; i < width * height * channels; i++) {
      walk = walk + random.nextInt(7) - 3 ^ random.nextInt(8) / 7 * random.nextInt(1 << depth);
      Samples.set(samples, depth, i, walk & mask);
    }
    RasterImage image = new RasterImage(width, height, channels, depth, samples);

    assertThat(roundTrip(image)).isEqualTo(image);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,8", "1,1,4,16", "65535,1,3,8", "1,65535,4,16", "65535,2,2,16"})
  void returnsExtremeSizes(int width, int height, int channels, int depth) throws CodecException {
    RasterImage image = DrawnImages.smooth(width, height, channels, depth);

    assertThat(roundTrip(image)).isEqualTo(image);
  }

  @Test
  void continuesItsModelOverSegments() throws CodecException {
    RasterImage image = DrawnImages.smooth(1024, 700, 3, 8);
    assertThat(Segments.rows(1024, 3, 700)).isLessThan(350);

    assertThat(roundTrip(image)).isEqualTo(image);
  }

  @ParameterizedTest
  @CsvSource({"1,8", "2,8", "3,8", "4,8", "1,16", "2,16", "3,16", "4,16"})
  void codesConstantImagesInNextToNothing(int channels, int depth) {
    RasterImage image = DrawnImages.constant(300, 200, channels, depth, 77);

    assertThat(coder.encode(List.of(image)).length).isLessThan(32);
  }

  @ParameterizedTest
  @CsvSource({"1,8", "4,8", "3,16"})
  void growsNoiseByOneByteAtMost(int channels, int depth) {
    RasterImage image = DrawnImages.noise(50, 40, channels, depth, 3);

    assertThat(coder.encode(List.of(image)).length).isLessThanOrEqualTo(image.samples().length + 1);
  }

  @Test
  void codesOnlyTheValuesInUse() {
    RasterImage image = DrawnImages.noise(200, 200, 1, 8, 5);
    byte[] wide = new byte[2 * image.samples().length];
    for (int i = 0; i < image.samples().length; i++) {
      Samples.set(wide, 16, i, (image.samples()[i] & 0xFF) * 257);
    }

    byte[] stream = coder.encode(List.of(new RasterImage(200, 200, 1, 16, wide)));

    assertThat(stream.length).isLessThan(image.samples().length * 110 / 100);
  }

  @Test
  void makesSmoothImagesMuchSmaller() {
    RasterImage image = DrawnImages.smooth(256, 256, 3, 8);

    assertThat(coder.encode(List.of(image)).length * 3L).isLessThan(image.samples().length);
  }

  @Test
  void refusesDamagedStreams() {
    RasterImage image = DrawnImages.smooth(9, 7, 4, 8);
    byte[] stream = coder.encode(List.of(image));
    List<ImageShape> shapes = List.of(ImageShape.of(image));
    for (int length = 0; length < stream.length; length++) {
      byte[] cut = Arrays.copyOf(stream, length);
      assertThatThrownBy(() -> coder.decode(cut, shapes, 0)).isInstanceOf(CodecException.class);
    }
  }

  private RasterImage roundTrip(RasterImage image) throws CodecException {
    return coder.decode(coder.encode(List.of(image)), List.of(ImageShape.of(image)), 0);
  }
}
