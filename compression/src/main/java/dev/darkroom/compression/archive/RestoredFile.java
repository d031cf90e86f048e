package dev.darkroom.compression.archive;

import dev.darkroom.compression.image.ImageFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * A file as it comes out of the archive.
 *
 * @param bytes its content
 * @param format its format, where it has a known one: that of the source file, or PNG for pixels
 * @param original whether these are the source file's own bytes
 */
public record RestoredFile(byte[] bytes, Optional<ImageFormat> format, boolean original) {
  /** Refuses nulls. */
  public RestoredFile {
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(format, "format");
  }

  /** The usual extension of the file's name, without a dot; {@code bin} for an unknown format. */
  public String extension() {
    return format.map(ImageFormat::extension).orElse("bin");
  }
}
