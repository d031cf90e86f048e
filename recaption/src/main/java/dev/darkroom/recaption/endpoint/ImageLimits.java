package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.CaptionFailure;

/**
 * How large an image may be.
 *
 * @param bytes of the file that is sent, at least 1
 * @param pixels of an image that has to be decoded here, at least 1
 */
public record ImageLimits(int bytes, long pixels) {
  /** 32 MiB; and the number of pixels at which Pillow, which most servers read with, warns. */
  public static final ImageLimits DEFAULT = new ImageLimits(32 << 20, 89_478_485);

  /** Refuses limits that would let nothing pass. */
  public ImageLimits {
    if (bytes < 1 || pixels < 1) {
      throw new IllegalArgumentException("limits must be at least 1: " + bytes + ", " + pixels);
    }
  }

  void checkBytes(long length) throws UnsendableImageException {
    if (length > bytes) {
      throw new UnsendableImageException(
          CaptionFailure.Type.IMAGE_TOO_LARGE,
          "the image has "
              + length
              + " bytes and at most "
              + bytes
              + " are sent; make it smaller or raise the limit");
    }
  }
}
