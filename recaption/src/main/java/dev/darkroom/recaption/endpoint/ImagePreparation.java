package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.CaptionFailure;
import java.util.Set;

/**
 * Makes of a stored file what servers take: the file itself where they know its format, a PNG file
 * of its pixels otherwise. Immutable and thread-safe.
 */
final class ImagePreparation {
  private static final int PNG_BIT_DEPTH = 24;
  private static final int PNG_COLOR_TYPE = 25;

  private final ImageLimits limits;
  private final Set<ImageFormat> accepted;

  ImagePreparation(ImageLimits limits, Set<ImageFormat> accepted) {
    this.limits = limits;
    this.accepted = Set.copyOf(accepted);
  }

  /**
   * What to send.
   *
   * @throws UnsendableImageException where the bytes are no image, a damaged one, or too large
   */
  ImagePayload prepare(byte[] file) throws UnsendableImageException {
    ImageFormat format =
        ImageFormat.of(file)
            .orElseThrow(
                () ->
                    new UnsendableImageException(
                        CaptionFailure.Type.UNREADABLE_IMAGE,
                        file.length == 0
                            ? "the file is empty; fetch it again"
                            : "the file begins like no image format known here; leave it out"));
    if (accepted.contains(format) && !isDeepGrey(format, file)) {
      limits.checkBytes(file.length);
      return new ImagePayload(format, file);
    }
    byte[] png = Pixels.decode(file, format, limits).toPng();
    limits.checkBytes(png.length);
    return new ImagePayload(ImageFormat.PNG, png);
  }

  /** Pillow turns grey of 16 bits to white on its way to RGB, so servers must not see it. */
  private static boolean isDeepGrey(ImageFormat format, byte[] file) {
    return format == ImageFormat.PNG
        && file.length > PNG_COLOR_TYPE
        && file[PNG_BIT_DEPTH] == 16
        && file[PNG_COLOR_TYPE] == 0;
  }
}
