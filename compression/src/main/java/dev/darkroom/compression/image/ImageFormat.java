package dev.darkroom.compression.image;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The file formats that can be decoded. */
public enum ImageFormat {
  /** Portable Network Graphics. */
  PNG("png"),
  /** Windows bitmap. */
  BMP("bmp"),
  /** Tagged Image File Format, either byte order; not BigTIFF. */
  TIFF("tiff"),
  /** Graphics Interchange Format. */
  GIF("gif"),
  /** WebP, lossy and lossless. */
  WEBP("webp"),
  /** JPEG. */
  JPEG("jpg");

  private final String extension;

  ImageFormat(String extension) {
    this.extension = extension;
  }

  /** The usual extension of file names, without a dot. */
  public String extension() {
    return extension;
  }

  /** The name used in tables: {@code png}, {@code bmp}, {@code tiff} ... */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format that a file's first bytes announce, whatever its name says. */
  public static Optional<ImageFormat> sniff(byte[] file) {
    if (startsWith(file, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (startsWith(file, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (startsWith(file, 0, "GIF87a") || startsWith(file, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (startsWith(file, 0, "RIFF") && startsWith(file, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (startsWith(file, 0, "II*\0") || startsWith(file, 0, "MM\0*")) {
      return Optional.of(TIFF);
    }
    if (startsWith(file, 0, "BM")) {
      return Optional.of(BMP);
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] file, int offset, String latin1) {
    byte[] magic = latin1.getBytes(StandardCharsets.ISO_8859_1);
    if (file.length < offset + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (file[offset + i] != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
