package dev.darkroom.recaption.image;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Notices a JPEG file that ends before its image does: libjpeg fills the rest with grey and merely
 * warns. A file that only lacks its end marker is complete.
 */
final class TruncationListener implements IIOReadWarningListener {
  private boolean fileEnded;
  private boolean dataEnded;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    String lower = warning.toLowerCase(Locale.ROOT);
    fileEnded |= lower.contains("truncated") || lower.contains("premature end of input");
    dataEnded |= lower.contains("premature end of data segment");
  }

  boolean isTruncated() {
    return fileEnded && dataEnded;
  }
}
