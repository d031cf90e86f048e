package dev.darkroom.compression.image.png;

import java.util.Arrays;
import java.util.Objects;

/**
 * A chunk of a PNG file without length and checksum.
 *
 * @param type four letters
 * @param data its content; not copied
 */
public record PngChunk(String type, byte[] data) {
  /**
   * Checks the type.
   *
   * @throws IllegalArgumentException where it is not four ASCII letters
   */
  public PngChunk {
    Objects.requireNonNull(data, "data");
    if (!type.matches("[A-Za-z]{4}")) {
      throw new IllegalArgumentException("a chunk's type is four letters, not '" + type + "'");
    }
  }

  /** Whether decoders that do not know the type must give up. */
  public boolean isCritical() {
    return Character.isUpperCase(type.charAt(0));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PngChunk that
        && type.equals(that.type)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return type + "[" + data.length + "]";
  }
}
