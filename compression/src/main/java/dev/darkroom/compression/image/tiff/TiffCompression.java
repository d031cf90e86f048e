package dev.darkroom.compression.image.tiff;

import java.util.Optional;

/** How the bytes of a segment are compressed. */
public enum TiffCompression {
  /** Not at all. */
  NONE,
  /** A zlib stream. */
  DEFLATE,
  /** LZW as TIFF 6.0 has it: codes of 9 to 12 bits, most significant bit first. */
  LZW,
  /** Apple's run lengths (TIFF 6.0, section 9). */
  PACK_BITS;

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
