package dev.darkroom.compression.image.tiff;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * LZW as TIFF 6.0, section 13, has it: codes of 9 to 12 bits, most significant bit first, that grow
 * one code early.
 *
 * <p>Writers differ in when they empty the table and in how they end, hardly in anything else: each
 * code stands for the longest string in the table. So content, the lengths of the runs between
 * empty tables and the ending give the codes back.
 */
public final class TiffLzw {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST = 258;
  private static final int TABLE = 4096;
  private static final int LEAST_BITS = 9;
  private static final int MOST_BITS = 12;
  private static final int SLOTS = 1 << 14;

  /** How a stream ends. */
  public enum Ending {
    /** With the end code, as wide as a code after the last one is. */
    CODE(0),
    /** With the end code, as wide as the last code. */
    NARROW_CODE(1),
    /** With no end code. */
    NONE(2);

    private final int code;

    Ending(int code) {
      this.code = code;
    }

    /** The number used in recipes. */
    public int code() {
      return code;
    }

    /**
     * The ending of a number in a recipe.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Ending fromCode(int code) {
      for (Ending ending : values()) {
        if (ending.code == code) {
          return ending;
        }
      }
      throw new IllegalArgumentException("unknown ending " + code);
    }
  }

  /**
   * What the content does not tell of a stream.
   *
   * @param runs how many codes there are before each emptying of the table but the first
   * @param ending how the stream ends
   */
  public record Form(List<Integer> runs, Ending ending) {
    /** Copies the list. */
    public Form {
      runs = List.copyOf(runs);
    }
  }

  private TiffLzw() {}

  static TiffSegment decode(byte[] in, int from, int to, int length) throws ImageDecodeException {
    return new Decoder(in, from, to, length).run();
  }

  /** Makes the stream of some content again. */
  public static byte[] encode(byte[] content, Form form) {
    return new Encoder(content).run(form);
  }

  /** How wide the next code is after so many codes since the table was empty. */
  private static int bits(int codes) {
    int greatest = FIRST + codes;
    int bits = LEAST_BITS;
    while (bits < MOST_BITS && greatest >= 1 << bits) {
      bits++;
    }
    return bits;
  }

  private static final class Decoder {
    private final byte[] in;
    private final long endBit;
    private final int from;
    private final byte[] content;
    private final short[] prefix = new short[TABLE];
    private final byte[] last = new byte[TABLE];
    private final int[] lengths = new int[TABLE];
    private final List<Integer> runs = new ArrayList<>();
    private long bit;
    private int filled;
    private int codes;
    private int next = FIRST;
    private int previous = -1;

    Decoder(byte[] in, int from, int to, int length) {
      this.in = in;
      this.from = from;
      bit = 8L * from;
      endBit = 8L * to;
      content = new byte[length];
      for (int i = 0; i < CLEAR; i++) {
        last[i] = (byte) i;
        lengths[i] = 1;
      }
    }

    TiffSegment run() throws ImageDecodeException {
      if (take(LEAST_BITS) != CLEAR) {
        throw new ImageDecodeException(
            ErrorType.UNSUPPORTED, "the TIFF has LZW codes of an old or unknown kind");
      }
      while (filled < content.length) {
        int code = take(bits(codes));
        if (code == CLEAR) {
          clear();
        } else if (code == END) {
          throw TiffSegment.tooShort();
        } else {
          append(code);
        }
      }
      Ending ending = end();
      return new TiffSegment(content, (int) ((bit + 7) / 8) - from, new Form(runs, ending));
    }

    private Ending end() throws ImageDecodeException {
      if (peek(bits(codes)) == CLEAR) {
        bit += bits(codes);
        clear();
      }
      int bits = bits(codes);
      int code = peek(bits);
      if (code == END) {
        bit += bits;
        return Ending.CODE;
      }
      int narrow = codes == 0 ? bits : bits(codes - 1);
      if (narrow < bits && peek(narrow) == END) {
        bit += narrow;
        return Ending.NARROW_CODE;
      }
      return Ending.NONE;
    }

    private void clear() {
      runs.add(codes);
      codes = 0;
      next = FIRST;
      previous = -1;
    }

    private void append(int code) throws ImageDecodeException {
      if (code > next || code == next && previous < 0 || code >= FIRST && previous < 0) {
        throw new ImageDecodeException(
            ErrorType.CORRUPT, "the TIFF's compressed samples have a code without a meaning");
      }
      boolean known = code < next;
      int string = known ? code : previous;
      int length = lengths[string] + (known ? 0 : 1);
      if (length > content.length - filled) {
        throw TiffSegment.tooLong();
      }
      int position = filled + lengths[string];
      for (int entry = string; position > filled; entry = prefix[entry]) {
        content[--position] = last[entry];
      }
      if (!known) {
        content[filled + length - 1] = content[filled];
      }
      if (previous >= 0 && next < TABLE) {
        prefix[next] = (short) previous;
        last[next] = content[filled];
        lengths[next] = lengths[previous] + 1;
        next++;
      }
      filled += length;
      previous = code;
      codes++;
    }

    private int take(int bits) throws ImageDecodeException {
      int code = peek(bits);
      if (code < 0) {
        throw TiffSegment.tooShort();
      }
      bit += bits;
      return code;
    }

    /** The next code, or -1 at the end. */
    private int peek(int bits) {
      if (endBit - bit < bits) {
        return -1;
      }
      int index = (int) (bit / 8);
      int word = (in[index] & 0xFF) << 16 | at(index + 1) << 8 | at(index + 2);
      return word >> 24 - bits - (int) (bit % 8) & (1 << bits) - 1;
    }

    private int at(int index) {
      return index < in.length ? in[index] & 0xFF : 0;
    }
  }

  private static final class Encoder {
    private final byte[] content;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int[] keys = new int[SLOTS];
    private final short[] values = new short[SLOTS];
    private int position;
    private int next;
    private int codes;
    private int pending;
    private int pendingBits;

    Encoder(byte[] content) {
      this.content = content;
    }

    byte[] run(Form form) {
      put(CLEAR, LEAST_BITS);
      for (int run : form.runs()) {
        codes(run);
        put(CLEAR, bits(codes));
      }
      codes(Integer.MAX_VALUE);
      if (form.ending() != Ending.NONE) {
        boolean narrow = form.ending() == Ending.NARROW_CODE && codes > 0;
        put(END, bits(narrow ? codes - 1 : codes));
      }
      if (pendingBits > 0) {
        out.write(pending << 8 - pendingBits);
      }
      return out.toByteArray();
    }

    /** Writes as many codes as there are and as are wanted, from an empty table. */
    private void codes(int most) {
      Arrays.fill(keys, -1);
      next = FIRST;
      codes = 0;
      while (codes < most && position < content.length) {
        int code = content[position++] & 0xFF;
        int slot = -1;
        while (position < content.length) {
          slot = slot(code << 8 | content[position] & 0xFF);
          if (keys[slot] < 0) {
            break;
          }
          code = values[slot];
          slot = -1;
          position++;
        }
        put(code, bits(codes));
        codes++;
        if (slot >= 0 && next < TABLE) {
          keys[slot] = code << 8 | content[position] & 0xFF;
          values[slot] = (short) next++;
        }
      }
    }

    private int slot(int key) {
      int slot = key * 0x9E37_79B1 >>> 18;
      while (keys[slot] >= 0 && keys[slot] != key) {
        slot = slot + 1 & SLOTS - 1;
      }
      return slot;
    }

    private void put(int code, int bits) {
      pending = pending << bits | code;
      pendingBits += bits;
      while (pendingBits >= 8) {
        pendingBits -= 8;
        out.write(pending >> pendingBits);
      }
      pending &= (1 << pendingBits) - 1;
    }
  }
}
