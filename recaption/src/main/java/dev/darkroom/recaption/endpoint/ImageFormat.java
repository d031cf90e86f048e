package dev.darkroom.recaption.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Formats of image files, told by their first bytes. */
public enum ImageFormat {
  /** ISO/IEC 10918-1. */
  JPEG("image/jpeg"),
  /** ISO/IEC 15948. */
  PNG("image/png"),
  /** CompuServe's, still or animated. */
  GIF("image/gif"),
  /** RFC 9649. */
  WEBP("image/webp"),
  /** Windows bitmaps. */
  BMP("image/bmp"),
  /** TIFF 6.0 and BigTIFF. */
  TIFF("image/tiff"),
  /** Pictures in ISO base media files: AVIF and HEIC. */
  HEIF("image/heif");

  private final String mediaType;

  ImageFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** As it is called in a data URL. */
  public String mediaType() {
    return mediaType;
  }

  /** The format that a file's first bytes belong to; empty where they are of none known here. */
  public static Optional<ImageFormat> of(byte[] file) {
    if (begins(file, 0, 0xff, 0xd8, 0xff)) {
      return Optional.of(JPEG);
    }
    if (begins(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
      return Optional.of(PNG);
    }
    if (begins(file, 0, 'G', 'I', 'F', '8')) {
      return Optional.of(GIF);
    }
    if (begins(file, 0, 'R', 'I', 'F', 'F') && begins(file, 8, 'W', 'E', 'B', 'P')) {
      return Optional.of(WEBP);
    }
    if (begins(file, 0, 'B', 'M')) {
      return Optional.of(BMP);
    }
    if (begins(file, 0, 'I', 'I', 42, 0)
        || begins(file, 0, 'M', 'M', 0, 42)
        || begins(file, 0, 'I', 'I', 43, 0)
        || begins(file, 0, 'M', 'M', 0, 43)) {
      return Optional.of(TIFF);
    }
    return isHeif(file) ? Optional.of(HEIF) : Optional.empty();
  }

  private static boolean isHeif(byte[] file) {
    if (!begins(file, 4, 'f', 't', 'y', 'p') || file.length < 12) {
      return false;
    }
    String brand = new String(file, 8, 4, StandardCharsets.ISO_8859_1);
    return Arrays.asList("avif", "avis", "heic", "heix", "mif1", "msf1").contains(brand);
  }

  private static boolean begins(byte[] file, int at, int... magic) {
    if (file.length < at + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((file[at + i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
