package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.image.ImageException;
import dev.darkroom.recaption.image.ImageLimits;
import dev.darkroom.recaption.image.RgbDecoder;
import java.util.Set;

/**
 * Makes of a stored file what servers take: the file itself where they know its format; otherwise a
 * PNG file of its pixels as RGB, which is what servers turn images to anyway. Immutable and
 * thread-safe.
 */
final class ImagePreparation {
  private final ImageLimits limits;
  private final Set<ImageFormat> accepted;
  private final RgbDecoder decoder;

  ImagePreparation(ImageLimits limits, Set<ImageFormat> accepted) {
    this.limits = limits;
    this.accepted = Set.copyOf(accepted);
    this.decoder = new RgbDecoder(limits);
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
    checkBytes(file.length);
    if (accepted.contains(format)) {
      return new ImagePayload(format, file);
    }
    byte[] png = decode(file);
    checkBytes(png.length);
    return new ImagePayload(ImageFormat.PNG, png);
  }

  private void checkBytes(int length) throws UnsendableImageException {
    if (length > limits.maxBytes()) {
      throw new UnsendableImageException(
          CaptionFailure.Type.IMAGE_TOO_LARGE,
          "the image has %d bytes and at most %d are sent; make it smaller or raise the limit"
              .formatted(length, limits.maxBytes()));
    }
  }

  private byte[] decode(byte[] file) throws UnsendableImageException {
    try {
      return PngFile.of(decoder.decode(file));
    } catch (ImageException e) {
      throw new UnsendableImageException(
          e.isTooLarge()
              ? CaptionFailure.Type.IMAGE_TOO_LARGE
              : CaptionFailure.Type.UNREADABLE_IMAGE,
          e.getMessage());
    }
  }
}
