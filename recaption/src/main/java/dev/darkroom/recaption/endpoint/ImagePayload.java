package dev.darkroom.recaption.endpoint;

import java.util.Base64;

/**
 * An image as it is sent.
 *
 * @param format what the bytes are
 * @param bytes the file's
 */
record ImagePayload(ImageFormat format, byte[] bytes) {
  /** The image as a data URL (RFC 2397). */
  String dataUrl() {
    return "data:" + format.mediaType() + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
