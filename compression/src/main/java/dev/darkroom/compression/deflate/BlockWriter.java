package dev.darkroom.compression.deflate;

import java.util.Arrays;

/** Collects literals and matches, and writes them in blocks in the cheapest of the three forms. */
final class BlockWriter {
  private static final int STORED = 0;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;
  private static final int MOST_STORED = 65_535;

  /** The order in which a block lists the lengths of the codes for lengths. */
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int REPEAT = 16;
  private static final int SHORT_ZEROS = 17;
  private static final int LONG_ZEROS = 18;

  private static final int[] FIXED_LENGTHS = new int[288];
  private static final int[] FIXED_CODES = new int[288];

  static {
    Arrays.fill(FIXED_LENGTHS, 0, 144, 8);
    Arrays.fill(FIXED_LENGTHS, 144, 256, 9);
    Arrays.fill(FIXED_LENGTHS, 256, 280, 7);
    Arrays.fill(FIXED_LENGTHS, 280, 288, 8);
    HuffmanCode.codes(FIXED_LENGTHS, 287, FIXED_CODES);
  }

  private final byte[] content;
  private final BitWriter out = new BitWriter();
  private final HuffmanCode literals = new HuffmanCode(Alphabet.LITERALS);
  private final HuffmanCode distances = new HuffmanCode(Alphabet.DISTANCES);
  private final HuffmanCode lengths = new HuffmanCode(Alphabet.LENGTHS);

  /** Distances of matches; 0 for literals. */
  private final int[] symbolDistances;

  /** Literals, or lengths of matches less 3. */
  private final int[] symbolValues;

  private int count;

  BlockWriter(int memoryLevel, byte[] content) {
    this.content = content;
    int capacity = (1 << memoryLevel + 6) - 1;
    symbolDistances = new int[capacity];
    symbolValues = new int[capacity];
    begin();
  }

  /** Adds a literal; returns whether the block is full and must be flushed. */
  boolean literal(byte value) {
    symbolDistances[count] = 0;
    symbolValues[count++] = value & 0xFF;
    literals.frequencies[value & 0xFF]++;
    return count == symbolValues.length;
  }

  /** Adds a match; returns whether the block is full and must be flushed. */
  boolean match(int distance, int length) {
    symbolDistances[count] = distance;
    symbolValues[count++] = length - 3;
    literals.frequencies[Alphabet.FIRST_LENGTH + Alphabet.lengthCode(length - 3)]++;
    distances.frequencies[Alphabet.distanceCode(distance - 1)]++;
    return count == symbolValues.length;
  }

  /**
   * Writes the block.
   *
   * @param from where its content begins
   * @param to where its content ends
   * @param last whether it is the last block
   */
  void flush(int from, int to, boolean last) {
    literals.build();
    distances.build();
    countLengths();
    lengths.build();
    int listed = ORDER.length - 1;
    while (listed >= 3 && lengths.lengths[ORDER[listed]] == 0) {
      listed--;
    }
    long dynamicBits =
        literals.bits + distances.bits + lengths.bits + 3L * (listed + 1) + 5 + 5 + 4;
    long fixedBytes = fixedBits() + 3 + 7 >>> 3;
    long leastBytes = Math.min(fixedBytes, dynamicBits + 3 + 7 >>> 3);
    int flag = last ? 1 : 0;
    if (to - from + 4 <= leastBytes && to - from <= MOST_STORED) {
      out.put(STORED << 1 | flag, 3);
      out.align();
      out.put(to - from, 16);
      out.put(~(to - from) & 0xFFFF, 16);
      out.putBytes(content, from, to);
    } else if (fixedBytes == leastBytes) {
      out.put(FIXED << 1 | flag, 3);
      writeSymbolsFixed();
    } else {
      out.put(DYNAMIC << 1 | flag, 3);
      writeCodes(listed);
      writeSymbols();
    }
    if (last) {
      out.align();
    }
    begin();
  }

  /** The number of whole bytes written. */
  int size() {
    return out.size();
  }

  /** Whether the bytes in {@code [from, to)} are those of another array at an offset. */
  boolean startsWith(byte[] other, int offset, int from, int to) {
    return out.equal(from, to, other, offset);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  private void begin() {
    literals.reset();
    distances.reset();
    literals.frequencies[Alphabet.END_OF_BLOCK] = 1;
    count = 0;
  }

  private long fixedBits() {
    long bits = 0;
    for (int n = 0; n <= literals.maxSymbol; n++) {
      bits += (long) literals.frequencies[n] * (FIXED_LENGTHS[n] + Alphabet.LITERALS.extraBits(n));
    }
    for (int n = 0; n <= distances.maxSymbol; n++) {
      bits += (long) distances.frequencies[n] * (5 + Alphabet.DISTANCES.extraBits(n));
    }
    return bits;
  }

  private interface LengthSink {
    void accept(int symbol, int repeats);
  }

  private void countLengths() {
    lengths.reset();
    LengthSink counter = (symbol, repeats) -> lengths.frequencies[symbol]++;
    scan(literals, counter);
    scan(distances, counter);
  }

  private void writeCodes(int listed) {
    out.put(literals.maxSymbol + 1 - 257, 5);
    out.put(distances.maxSymbol + 1 - 1, 5);
    out.put(listed + 1 - 4, 4);
    for (int i = 0; i <= listed; i++) {
      out.put(lengths.lengths[ORDER[i]], 3);
    }
    LengthSink writer =
        (symbol, repeats) -> {
          out.put(lengths.codes[symbol], lengths.lengths[symbol]);
          switch (symbol) {
            case REPEAT -> out.put(repeats - 3, 2);
            case SHORT_ZEROS -> out.put(repeats - 3, 3);
            case LONG_ZEROS -> out.put(repeats - 11, 7);
            default -> {}
          }
        };
    scan(literals, writer);
    scan(distances, writer);
  }

  /** Runs of equal lengths, as zlib divides them. */
  private static void scan(HuffmanCode code, LengthSink sink) {
    int before = -1;
    int next = code.lengths[0];
    int run = 0;
    int most = next == 0 ? 138 : 7;
    int least = next == 0 ? 3 : 4;
    for (int n = 0; n <= code.maxSymbol; n++) {
      int length = next;
      next = n == code.maxSymbol ? -1 : code.lengths[n + 1];
      run++;
      if (run < most && length == next) {
        continue;
      }
      emit(length, before, run, least, sink);
      run = 0;
      before = length;
      most = next == 0 ? 138 : length == next ? 6 : 7;
      least = next == 0 || length == next ? 3 : 4;
    }
  }

  private static void emit(int length, int before, int run, int least, LengthSink sink) {
    if (run < least) {
      for (int i = 0; i < run; i++) {
        sink.accept(length, 1);
      }
    } else if (length != 0) {
      int rest = run;
      if (length != before) {
        sink.accept(length, 1);
        rest--;
      }
      sink.accept(REPEAT, rest);
    } else {
      sink.accept(run <= 10 ? SHORT_ZEROS : LONG_ZEROS, run);
    }
  }

  private void writeSymbols() {
    for (int i = 0; i < count; i++) {
      if (symbolDistances[i] == 0) {
        putLiteral(symbolValues[i]);
      } else {
        int code = Alphabet.lengthCode(symbolValues[i]);
        putLiteral(Alphabet.FIRST_LENGTH + code);
        putLengthExtra(code, symbolValues[i]);
        int distance = symbolDistances[i] - 1;
        int distanceCode = Alphabet.distanceCode(distance);
        out.put(distances.codes[distanceCode], distances.lengths[distanceCode]);
        putDistanceExtra(distanceCode, distance);
      }
    }
    putLiteral(Alphabet.END_OF_BLOCK);
  }

  private void writeSymbolsFixed() {
    for (int i = 0; i < count; i++) {
      if (symbolDistances[i] == 0) {
        putFixed(symbolValues[i]);
      } else {
        int code = Alphabet.lengthCode(symbolValues[i]);
        putFixed(Alphabet.FIRST_LENGTH + code);
        putLengthExtra(code, symbolValues[i]);
        int distance = symbolDistances[i] - 1;
        int distanceCode = Alphabet.distanceCode(distance);
        out.put(Integer.reverse(distanceCode) >>> Integer.SIZE - 5, 5);
        putDistanceExtra(distanceCode, distance);
      }
    }
    putFixed(Alphabet.END_OF_BLOCK);
  }

  private void putLiteral(int symbol) {
    out.put(literals.codes[symbol], literals.lengths[symbol]);
  }

  private void putFixed(int symbol) {
    out.put(FIXED_CODES[symbol], FIXED_LENGTHS[symbol]);
  }

  private void putLengthExtra(int code, int length) {
    out.put(
        length - Alphabet.lengthBase(code),
        Alphabet.LITERALS.extraBits(Alphabet.FIRST_LENGTH + code));
  }

  private void putDistanceExtra(int code, int distance) {
    out.put(distance - Alphabet.distanceBase(code), Alphabet.DISTANCES.extraBits(code));
  }
}
