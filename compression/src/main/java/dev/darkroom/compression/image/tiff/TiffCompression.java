package dev.darkroom.compression.image.tiff;

import java.util.Optional;

/** How the bytes of a segment are compressed. */
public enum TiffCompression {
  /** Not at all. */
  NONE(0),
  /** A zlib stream. */
  DEFLATE(1),
  /** LZW as TIFF 6.0 has it: codes of 9 to 12 bits, most significant bit first. */
  LZW(2),
  /** Apple's run lengths (TIFF 6.0, section 9). */
  PACK_BITS(3);

  private final int code;

  TiffCompression(int code) {
    this.code = code;
  }

  /** The number used in recipes, which is not TIFF's. */
  public int code() {
    return code;
  }

  /**
   * The compression of a number in a recipe.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static TiffCompression fromCode(int code) {
    for (TiffCompression compression : values()) {
      if (compression.code == code) {
        return compression;
      }
    }
    throw new IllegalArgumentException("unknown compression " + code);
  }

  /** The compression of a number in a file, or empty for one that is not read here. */
  static Optional<TiffCompression> of(long number) {
    return switch ((int) Math.min(number, Integer.MAX_VALUE)) {
      case 1 -> Optional.of(NONE);
      case 5 -> Optional.of(LZW);
      case 8, 32_946 -> Optional.of(DEFLATE);
      case 32_773 -> Optional.of(PACK_BITS);
      default -> Optional.empty();
    };
  }
}
