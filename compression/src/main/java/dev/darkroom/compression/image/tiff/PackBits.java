package dev.darkroom.compression.image.tiff;

import dev.darkroom.compression.image.ImageDecodeException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Run lengths of bytes (TIFF 6.0, section 9), packed as libtiff packs them: row by row. */
public final class PackBits {
  private static final int MOST = 128;
  private static final int MOST_LITERALS = 127;

  private enum State {
    BASE,
    LITERAL,
    RUN,
    LITERAL_RUN
  }

  private final byte[] content;
  private final byte[] out;
  private int size;
  private int literal;
  private State state = State.BASE;

  private PackBits(byte[] content) {
    this.content = content;
    out = new byte[2 * content.length + 2];
  }

  /**
   * Packs rows, each for itself.
   *
   * @param rowBytes bytes of a row, 1 or more
   */
  public static byte[] encode(byte[] content, int rowBytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int row = 0; row < content.length; row += rowBytes) {
      int end = Math.min(content.length, row + rowBytes);
      PackBits packer = new PackBits(Arrays.copyOfRange(content, row, end));
      packer.run();
      packed.write(packer.out, 0, packer.size);
    }
    return packed.toByteArray();
  }

  static TiffSegment decode(byte[] in, int from, int to, int length) throws ImageDecodeException {
    byte[] content = new byte[length];
    int filled = 0;
    int position = from;
    while (filled < length) {
      if (position + 1 >= to) {
        throw TiffSegment.tooShort();
      }
      int count = in[position++];
      if (count == -MOST) {
        continue;
      }
      int run = count < 0 ? 1 - count : count + 1;
      if (run > length - filled) {
        throw TiffSegment.tooLong();
      }
      if (count < 0) {
        Arrays.fill(content, filled, filled + run, in[position++]);
      } else {
        if (run > to - position) {
          throw TiffSegment.tooShort();
        }
        System.arraycopy(in, position, content, filled, run);
        position += run;
      }
      filled += run;
    }
    return new TiffSegment(content, position - from, null);
  }

  private void run() {
    int position = 0;
    while (position < content.length) {
      byte value = content[position];
      int end = position + 1;
      while (end < content.length && content[end] == value) {
        end++;
      }
      append(value, end - position);
      position = end;
    }
  }

  private void append(byte value, int count) {
    int rest = count;
    while (true) {
      if (state == State.LITERAL_RUN) {
        joinLiterals(rest);
      } else if (rest == 1) {
        addLiteral(value);
        return;
      } else {
        state = state == State.LITERAL ? State.LITERAL_RUN : State.RUN;
        int run = Math.min(MOST, rest);
        out[size++] = (byte) (1 - run);
        out[size++] = value;
        rest -= run;
        if (rest == 0) {
          return;
        }
      }
    }
  }

  /** Two equal bytes between literals are cheaper as literals. */
  private void joinLiterals(int next) {
    if (next == 1 && out[size - 2] == -1 && out[literal] < MOST_LITERALS - 1) {
      out[literal] = (byte) (out[literal] + 2);
      state = out[literal] == MOST_LITERALS ? State.BASE : State.LITERAL;
      out[size - 2] = out[size - 1];
    } else {
      state = State.RUN;
    }
  }

  private void addLiteral(byte value) {
    if (state == State.LITERAL) {
      out[literal]++;
      if (out[literal] == MOST_LITERALS) {
        state = State.BASE;
      }
    } else {
      literal = size;
      out[size++] = 0;
      state = State.LITERAL;
    }
    out[size++] = value;
  }
}
