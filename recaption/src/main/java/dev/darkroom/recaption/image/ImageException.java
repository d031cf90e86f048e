package dev.darkroom.recaption.image;

/** There are no pixels to be had from a file. */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean tooLarge;

  private ImageException(String message, boolean tooLarge, Throwable cause) {
    super(message, cause);
    this.tooLarge = tooLarge;
  }

  static ImageException unreadable(String message) {
    return new ImageException(message, false, null);
  }

  static ImageException unreadable(String message, Throwable cause) {
    return new ImageException(message, false, cause);
  }

  static ImageException tooLarge(String message) {
    return new ImageException(message, true, null);
  }

  /** Whether the image is beyond the limits, rather than damaged or no image at all. */
  public boolean isTooLarge() {
    return tooLarge;
  }
}
