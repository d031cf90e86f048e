package dev.darkroom.compression.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FastCoderTest {
  private final FastCoder coder = new FastCoder();

  @Property(tries = 60)
  void restoresImagesOfAnySizeAndChannelCount(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll @IntRange(min = 0, max = 255) int roughness,
      @ForAll long seed)
      throws CodecException {
    RasterImage image = image(width, height, channels, roughness, seed);

    assertThat(decode(coder, coder.encode(List.of(image)), image)).isEqualTo(image);
  }

  @ParameterizedTest
  @CsvSource({"3,1025,3", "1100,2,1", "1,600,4", "65535,1,1", "1,65535,1"})
  void restoresLongAndTallImages(int width, int height, int channels) throws CodecException {
    RasterImage image = image(width, height, channels, 9, 5);

    assertThat(decode(coder, coder.encode(List.of(image)), image)).isEqualTo(image);
  }

  @Test
  void restoresExtremes() throws CodecException {
    SplittableRandom random = new SplittableRandom(3);
    byte[] samples = new byte[64 * 64 * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (random.nextBoolean() ? 255 : 0);
    }
    RasterImage image = new RasterImage(64, 64, 3, 8, samples);

    assertThat(decode(coder, coder.encode(List.of(image)), image)).isEqualTo(image);
  }

  @Test
  void aSmoothImageTakesLittle() {
    RasterImage image = image(128, 128, 3, 0, 1);

    assertThat(coder.encode(List.of(image))).hasSizeLessThan(image.samples().length / 8);
  }

  @Test
  @Tag("determinism")
  void theReferenceWritesAndReadsTheSameStreams() throws CodecException {
    FastCoder reference = FastCoder.reference();
    for (int channels = 1; channels <= 4; channels++) {
      RasterImage image = image(83, 61, channels, 12, channels);
      byte[] stream = coder.encode(List.of(image));

      assertThat(reference.encode(List.of(image))).isEqualTo(stream);
      assertThat(decode(reference, stream, image)).isEqualTo(image);
    }
  }

  @Test
  @Tag("determinism")
  void manyThreadsWriteTheSameStreamAsOne() {
    RasterImage image = image(120, 90, 3, 20, 8);
    byte[] alone = coder.encode(List.of(image));

    assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> coder.encode(List.of(image))))
        .allSatisfy(stream -> assertThat(stream).isEqualTo(alone));
  }

  @Test
  void damageIsToldOrHarmless() {
    RasterImage image = image(20, 20, 4, 30, 2);
    byte[] stream = coder.encode(List.of(image));
    for (int length = 0; length < stream.length; length += 7) {
      byte[] cut = Arrays.copyOf(stream, length);
      assertThatThrownBy(() -> decode(coder, cut, image)).isInstanceOf(CodecException.class);
    }
    for (int i = 0; i < stream.length; i++) {
      byte[] bent = stream.clone();
      bent[i] ^= 0x10;
      try {
        assertThat(decode(coder, bent, image).samples()).hasSameSizeAs(image.samples());
      } catch (CodecException e) {
        assertThat(e.kind()).isEqualTo(CodecException.Kind.CORRUPT);
      }
    }
  }

  private static RasterImage decode(FastCoder coder, byte[] stream, RasterImage like)
      throws CodecException {
    ImageShape shape =
        new ImageShape(like.width(), like.height(), like.channels(), like.bitDepth());
    return coder.decode(stream, List.of(shape), 0);
  }

  /** Waves of another length in each channel, with noise of the given amplitude. */
  private static RasterImage image(int width, int height, int channels, int roughness, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] samples = new byte[width * height * channels];
    for (int i = 0; i < samples.length; i++) {
      int x = i / channels % width;
      int y = i / channels / width;
      double wave = Math.sin(x * 0.07 + i % channels) + Math.cos(y * 0.05);
      samples[i] = (byte) (128 + 50 * wave + random.nextInt(-roughness, roughness + 1));
    }
    return new RasterImage(width, height, channels, 8, samples);
  }
}
