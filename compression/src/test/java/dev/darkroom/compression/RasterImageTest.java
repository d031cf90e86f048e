package dev.darkroom.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RasterImageTest {
  @Test
  void sixteenBitSamplesTakeTwoBytes() {
    RasterImage image = new RasterImage(3, 2, 4, 16, new byte[3 * 2 * 4 * 2]);

    assertThat(image.subpixels()).isEqualTo(24);
  }

  @Test
  void namesTheFieldThatIsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RasterImage(0, 1, 1, 8, new byte[0]))
        .withMessageContaining("width must be 1 to 65535, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RasterImage(1, 1, 1, 12, new byte[1]))
        .withMessageContaining("bitDepth must be 8 or 16, not 12");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RasterImage(2, 2, 3, 8, new byte[11]))
        .withMessageContaining("samples must hold 12 bytes, not 11");
  }

  @Test
  void imagesAreEqualByTheirPixels() {
    RasterImage image = new RasterImage(2, 1, 1, 8, new byte[] {1, 2});

    assertThat(image).isEqualTo(new RasterImage(2, 1, 1, 8, new byte[] {1, 2}));
    assertThat(image).hasSameHashCodeAs(new RasterImage(2, 1, 1, 8, new byte[] {1, 2}));
    assertThat(image).isNotEqualTo(new RasterImage(2, 1, 1, 8, new byte[] {1, 3}));
    assertThat(image).isNotEqualTo(new RasterImage(1, 2, 1, 8, new byte[] {1, 2}));
  }
}
