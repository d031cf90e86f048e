package dev.darkroom.compression.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.entropy.BitStack;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FlowCoderTest {
  private static final FlowCoder CODER = new FlowCoder(FlowModel.installed());

  @Test
  @Tag("determinism")
  void imagesOfAllSizesComeBackFromOneStream() throws CodecException {
    List<RasterImage> images =
        List.of(
            DrawnImages.smooth(32, 32, 3, 8),
            DrawnImages.smooth(33, 47, 3, 8),
            DrawnImages.noise(64, 48, 3, 8, 1),
            DrawnImages.smooth(95, 63, 3, 8),
            DrawnImages.constant(40, 100, 3, 8, 255),
            DrawnImages.constant(48, 32, 3, 8, 0));
    byte[] stream = CODER.encode(images);
    List<ImageShape> shapes = images.stream().map(ImageShape::of).toList();

    for (int i : new int[] {5, 0, 1, 2, 3, 4}) {
      assertThat(CODER.decode(stream, shapes, i)).isEqualTo(images.get(i));
    }
  }

  @Test
  void longStreamsAreDividedIntoSegments() throws CodecException {
    List<RasterImage> images =
        Stream.generate(() -> DrawnImages.smooth(320, 160, 3, 8)).limit(8).toList();
    byte[] stream = CODER.encode(images);
    List<ImageShape> shapes = images.stream().map(ImageShape::of).toList();

    assertThat(CODER.decode(stream, shapes, 7)).isEqualTo(images.get(7));
    byte[] damagedStart = stream.clone();
    Arrays.fill(damagedStart, 1000, 2000, (byte) 0);
    assertThat(CODER.decode(damagedStart, shapes, 7)).isEqualTo(images.get(7));
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> CODER.decode(damagedStart, shapes, 0));
  }

  @Test
  void auxiliaryBitsArePaidForLittleMoreThanOnePatch() {
    Flow flow = FlowModel.installed().flow();
    List<RasterImage> images = List.of(DrawnImages.smooth(512, 256, 3, 8));
    List<List<Patch>> batches =
        PatchPlan.batches(List.of(ImageShape.of(images.get(0))), flow.granularity());
    BitStack one = BitStack.forEncoding();
    flow.encode(PixelCopy.gather(batches.get(0), images), one);

    BitStack all = BitStack.forEncoding();
    for (List<Patch> batch : batches) {
      flow.encode(PixelCopy.gather(batch, images), all);
    }

    assertThat(batches.get(batches.size() - 1)).hasSizeGreaterThan(4);
    assertThat(all.auxiliaryWords()).isLessThan(one.auxiliaryWords() * 5 / 4);
  }

  @Test
  void whatIsDecodedBelongsToTheCaller() throws CodecException {
    List<RasterImage> images =
        List.of(DrawnImages.smooth(32, 32, 3, 8), DrawnImages.smooth(64, 32, 3, 8));
    byte[] stream = CODER.encode(images);
    List<ImageShape> shapes = images.stream().map(ImageShape::of).toList();

    Arrays.fill(CODER.decode(stream, shapes, 1).samples(), (byte) 9);

    assertThat(CODER.decode(stream, shapes, 1)).isEqualTo(images.get(1));
  }

  @Test
  void damagedStreamsAreRefusedOrDifferButNeverBreak() {
    List<RasterImage> images = List.of(DrawnImages.smooth(50, 37, 3, 8));
    byte[] stream = CODER.encode(images);
    List<ImageShape> shapes = List.of(ImageShape.of(images.get(0)));
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 60; i++) {
      byte[] damaged =
          Arrays.copyOf(stream, i % 3 == 0 ? random.nextInt(stream.length) : stream.length);
      if (damaged.length > 0) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      }
      try {
        assertThat(CODER.decode(damaged, shapes, 0)).isNotEqualTo(images.get(0));
      } catch (CodecException e) {
        assertThat(e.kind()).isEqualTo(CodecException.Kind.CORRUPT);
      }
    }
  }

  @Test
  void otherImagesAreNotSupported() {
    assertThat(CODER.supports(DrawnImages.smooth(31, 32, 3, 8))).isFalse();
    assertThat(CODER.supports(DrawnImages.smooth(32, 32, 4, 8))).isFalse();
    assertThat(CODER.supports(DrawnImages.smooth(32, 32, 3, 16))).isFalse();
    assertThat(CODER.supports(DrawnImages.smooth(32, 32, 3, 8))).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CODER.encode(List.of(DrawnImages.smooth(8, 8, 3, 8))));
  }

  @Test
  @Tag("determinism")
  void theGoldenStreamOfTheFirstModelDecodes() throws IOException, CodecException {
    List<RasterImage> images =
        List.of(
            DrawnImages.smooth(71, 50, 3, 8),
            DrawnImages.noise(32, 32, 3, 8, 2),
            DrawnImages.smooth(224, 256, 3, 8));
    List<ImageShape> shapes = images.stream().map(ImageShape::of).toList();
    byte[] golden;
    try (InputStream in = FlowCoderTest.class.getResourceAsStream("/golden/v1-flow.stream")) {
      golden = Objects.requireNonNull(in).readAllBytes();
    }

    assertThat(CODER.encode(images)).isEqualTo(golden);
    assertThat(CODER.decode(golden, shapes, 0)).isEqualTo(images.get(0));
    assertThat(CODER.decode(golden, shapes, 1)).isEqualTo(images.get(1));
    assertThat(CODER.decode(golden, shapes, 2)).isEqualTo(images.get(2));
  }

  @Test
  void codedLengthOfPhotographsIsTheirNegativeLogLikelihood() throws IOException {
    Path folder = Path.of("../../shared/data/photos/validation");
    assumeThat(folder).isDirectory();
    Flow flow = FlowModel.installed().flow();
    BitStack stack = BitStack.forEncoding();
    double ideal = 0;
    long subpixels = 0;
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.sorted().limit(8).toList();
    }
    for (Path file : files) {
      BufferedImage image = ImageIO.read(file.toFile());
      FixedPointTensor x = FixedPointTensor.zeros(3, 1, 256, 256);
      for (int i = 0; i < x.values().length; i++) {
        int rgb = image.getRGB(128 + i % 256, 128 + i / 256 % 256);
        x.values()[i] = rgb >> 16 - 8 * (i >> 16) & 0xFF;
      }
      x = patches(x);
      subpixels += x.values().length;
      RealTensor real = RealTensor.of(x);
      for (FlowLayer layer : flow.layers()) {
        x = layer.forward(x, stack);
        if (layer instanceof Dequantization) {
          real = RealTensor.of(x);
          for (int i = 0; i < real.values().length; i++) {
            real.values()[i] = (real.values()[i] + 0.5) * 256;
          }
        }
      }
      ideal += flow.negativeLogLikelihood(real);
    }
    assertThat(stack.netBits() / subpixels).isCloseTo(ideal / subpixels, within(0.002));
  }

  /** Cuts one square image into patches of 32 x 32. */
  private static FixedPointTensor patches(FixedPointTensor image) {
    int across = image.columns() / 32;
    FixedPointTensor patches = FixedPointTensor.zeros(3, across * across, 32, 32);
    for (int i = 0; i < patches.values().length; i++) {
      int channel = i / (image.rows() * image.columns());
      int patch = i / 1024 % (across * across);
      int row = patch / across * 32 + i / 32 % 32;
      int column = patch % across * 32 + i % 32;
      patches.values()[i] =
          image.values()[(channel * image.rows() + row) * image.columns() + column];
    }
    return patches;
  }
}
