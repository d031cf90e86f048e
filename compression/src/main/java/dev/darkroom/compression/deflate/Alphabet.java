package dev.darkroom.compression.deflate;

/** The three alphabets of deflate: how many symbols, how long codes may be, what bits follow. */
final class Alphabet {
  /** Literals 0 to 255, the end of a block, match lengths from 257. */
  static final Alphabet LITERALS = new Alphabet(286, 15, 257, lengthExtraBits());

  /** Match distances. */
  static final Alphabet DISTANCES = new Alphabet(30, 15, 0, distanceExtraBits());

  /** The code lengths of the other two. */
  static final Alphabet LENGTHS =
      new Alphabet(19, 7, 0, new int[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7});

  static final int END_OF_BLOCK = 256;
  static final int FIRST_LENGTH = 257;

  private static final int LAST_LENGTH_CODE = 28;
  private static final int[] LENGTH_BASE = base(lengthExtraBits());
  private static final int[] DISTANCE_BASE = base(distanceExtraBits());
  private static final byte[] LENGTH_CODE = new byte[256];

  static {
    for (int code = 0; code < LAST_LENGTH_CODE; code++) {
      for (int i = 0; i < 1 << lengthExtraBits()[code]; i++) {
        LENGTH_CODE[LENGTH_BASE[code] + i] = (byte) code;
      }
    }
    LENGTH_CODE[255] = LAST_LENGTH_CODE;
    LENGTH_BASE[LAST_LENGTH_CODE] = 255;
  }

  final int symbols;
  final int longestCode;

  private final int firstWithExtra;
  private final int[] extraBits;

  private Alphabet(int symbols, int longestCode, int firstWithExtra, int[] extraBits) {
    this.symbols = symbols;
    this.longestCode = longestCode;
    this.firstWithExtra = firstWithExtra;
    this.extraBits = extraBits;
  }

  /** How many raw bits follow a symbol. */
  int extraBits(int symbol) {
    return symbol < firstWithExtra ? 0 : extraBits[symbol - firstWithExtra];
  }

  /** The code of a match length less 3, 0 to 28. */
  static int lengthCode(int length) {
    return LENGTH_CODE[length];
  }

  /** The least length less 3 of a code. */
  static int lengthBase(int code) {
    return LENGTH_BASE[code];
  }

  /** The code of a distance less 1, 0 to 29. */
  static int distanceCode(int distance) {
    if (distance < 4) {
      return distance;
    }
    int exponent = 31 - Integer.numberOfLeadingZeros(distance);
    return 2 * exponent + (distance >>> exponent - 1 & 1);
  }

  /** The least distance less 1 of a code. */
  static int distanceBase(int code) {
    return DISTANCE_BASE[code];
  }

  private static int[] lengthExtraBits() {
    return new int[] {
      0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
  }

  private static int[] distanceExtraBits() {
    int[] bits = new int[30];
    for (int code = 4; code < bits.length; code++) {
      bits[code] = code / 2 - 1;
    }
    return bits;
  }

  private static int[] base(int[] extraBits) {
    int[] base = new int[extraBits.length];
    for (int code = 1; code < base.length; code++) {
      base[code] = base[code - 1] + (1 << extraBits[code - 1]);
    }
    return base;
  }
}
