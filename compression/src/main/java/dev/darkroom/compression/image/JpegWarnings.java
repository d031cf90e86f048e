package dev.darkroom.compression.image;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Takes libjpeg at its warnings: it fills what is missing with grey, guesses what is damaged, and
 * merely says so. A file that only lacks its end marker, or has bytes to spare before a marker, is
 * sound.
 */
final class JpegWarnings implements IIOReadWarningListener {
  private boolean fileEnded;
  private boolean dataEnded;
  private String damage = "";

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    String lower = warning.toLowerCase(Locale.ROOT);
    if (lower.contains("premature end of data segment")) {
      dataEnded = true;
    } else if (lower.contains("truncated") || lower.contains("premature end of")) {
      fileEnded = true;
    } else if (lower.contains("corrupt jpeg data") && !lower.contains("extraneous bytes")) {
      damage = warning;
    }
  }

  /**
   * Refuses what was decoded in part.
   *
   * @throws ImageDecodeException of type {@code TRUNCATED} or {@code CORRUPT}
   */
  void check() throws ImageDecodeException {
    if (fileEnded && dataEnded) {
      throw new ImageDecodeException(
          ErrorType.TRUNCATED, "the JPEG ends before its image does; what is there is kept");
    }
    if (!damage.isEmpty() || dataEnded) {
      throw new ImageDecodeException(
          ErrorType.CORRUPT,
          "the JPEG is damaged: libjpeg says '%s'; its bytes are kept"
              .formatted(damage.isEmpty() ? "premature end of data segment" : damage));
    }
  }
}
