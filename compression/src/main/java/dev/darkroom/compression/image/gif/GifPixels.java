package dev.darkroom.compression.image.gif;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The compressed pixels of a GIF frame.
 *
 * <p>An encoder's one freedom is which code to send where: most send the longest string that the
 * table holds, and empty the table when it is full. {@link #decode} notes where one did otherwise,
 * so that {@link #encode} repeats its codes.
 */
public final class GifPixels {
  private static final int LEAST_CODE_SIZE = 2;
  private static final int MOST_CODE_SIZE = 8;

  /**
   * What a frame's data hold.
   *
   * @param pixels in the order of the data
   * @param choices the codes that are not the longest string, among them those that empty the
   *     table: for each how many others precede it since the last (varint), and the code (varint)
   * @param rest what follows the last pixel's code, from the byte in which that ends, whose lower
   *     bits are 0
   */
  public record Decoded(byte[] pixels, byte[] choices, byte[] rest) {}

  private GifPixels() {}

  /**
   * Decompresses.
   *
   * @param data the content of the sub-blocks
   * @param codeSize bits of a pixel, 2 to 8
   * @param count pixels of the frame
   * @throws ImageDecodeException of type {@code TRUNCATED} where there are fewer, or {@code
   *     CORRUPT}
   */
  public static Decoded decode(byte[] data, int codeSize, int count) throws ImageDecodeException {
    if (codeSize < LEAST_CODE_SIZE || codeSize > MOST_CODE_SIZE) {
      throw corrupt("pixels of " + codeSize + " bits");
    }
    CodeReader reader = new CodeReader(data, count);
    reader.run(new LzwTable(codeSize));
    Noting noting = new Noting(reader.codes);
    new CodeWriter().run(reader.pixels, codeSize, noting);
    return new Decoded(reader.pixels, noting.choices.toByteArray(), reader.rest());
  }

  /**
   * Compresses.
   *
   * @param pixels in the order of the data
   * @param codeSize bits of a pixel, 2 to 8
   * @param choices as {@link Decoded#choices}
   * @param rest as {@link Decoded#rest}
   * @throws IllegalArgumentException where they do not belong together
   */
  public static byte[] encode(byte[] pixels, int codeSize, byte[] choices, byte[] rest) {
    if (codeSize < LEAST_CODE_SIZE || codeSize > MOST_CODE_SIZE) {
      throw new IllegalArgumentException("there are no pixels of " + codeSize + " bits");
    }
    CodeWriter writer = new CodeWriter();
    writer.run(pixels, codeSize, new Choices(ByteBuffer.wrap(choices)));
    return writer.end(rest);
  }

  private static ImageDecodeException corrupt(String reason) {
    return new ImageDecodeException(ErrorType.CORRUPT, "the GIF's data are damaged: " + reason);
  }

  /** The codes as they were chosen, by the choices that were noted. */
  private static final class Choices implements IntUnaryOperator {
    private final ByteBuffer in;
    private int gap;

    Choices(ByteBuffer in) {
      this.in = in;
      advance();
    }

    @Override
    public int applyAsInt(int longest) {
      if (gap != 0) {
        gap--;
        return longest;
      }
      int code = read();
      advance();
      return code;
    }

    private void advance() {
      gap = in.hasRemaining() ? read() : -1;
    }

    private int read() {
      int value = 0;
      for (int shift = 0; shift < Integer.SIZE; shift += 7) {
        int next = in.hasRemaining() ? in.get() : 0;
        value |= (next & 0x7F) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number is too long");
    }
  }

  /** The codes as they were read; notes those that are not the longest string. */
  private static final class Noting implements IntUnaryOperator {
    final ByteArrayOutputStream choices = new ByteArrayOutputStream();
    private final int[] codes;
    private int index;
    private int gap;

    Noting(int[] codes) {
      this.codes = codes;
    }

    @Override
    public int applyAsInt(int longest) {
      int code = codes[index++];
      if (code == longest) {
        gap++;
      } else {
        write(gap);
        write(code);
        gap = 0;
      }
      return code;
    }

    private void write(int value) {
      int left = value;
      while (left >= 0x80) {
        choices.write(left | 0x80);
        left >>>= 7;
      }
      choices.write(left);
    }
  }

  /** Sends codes for pixels. */
  private static final class CodeWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int bits;
    private int bitCount;

    /**
     * Sends all codes up to that of the last pixel.
     *
     * @param choice the code to send, of that of the longest string
     */
    void run(byte[] pixels, int codeSize, IntUnaryOperator choice) {
      LzwTable table = new LzwTable(codeSize);
      int position = 0;
      int previous = -1;
      while (position < pixels.length) {
        if ((pixels[position] & 0xFF) >= table.clear) {
          throw new IllegalArgumentException("a pixel has more bits than the codes allow");
        }
        int width = table.width();
        if (previous >= 0) {
          table.add(previous, pixels[position]);
        }
        int code = choice.applyAsInt(longest(table, pixels, position));
        put(code, width);
        if (code == table.clear) {
          table.reset();
          previous = -1;
        } else if (!table.holds(code) || table.length(code) > pixels.length - position) {
          throw new IllegalArgumentException("a code does not fit the pixels");
        } else {
          table.grow();
          position += table.length(code);
          previous = code;
        }
      }
    }

    byte[] end(byte[] rest) {
      byte[] end = rest.clone();
      if (bitCount > 0) {
        if (end.length == 0) {
          throw new IllegalArgumentException("the last byte is missing");
        }
        end[0] |= (byte) bits;
      }
      out.writeBytes(end);
      return out.toByteArray();
    }

    private void put(int code, int width) {
      bits |= code << bitCount;
      bitCount += width;
      while (bitCount >= 8) {
        out.write(bits);
        bits >>>= 8;
        bitCount -= 8;
      }
    }

    private static int longest(LzwTable table, byte[] pixels, int from) {
      int code = pixels[from] & 0xFF;
      for (int i = from + 1; i < pixels.length; i++) {
        int longer = table.find(code, pixels[i]);
        if (longer < 0) {
          break;
        }
        code = longer;
      }
      return code;
    }
  }

  /** Reads codes and writes their pixels. */
  private static final class CodeReader {
    final byte[] pixels;
    int[] codes = new int[1 << 12];
    private final byte[] data;
    private int codeCount;
    private long bit;

    CodeReader(byte[] data, int count) {
      this.data = data;
      pixels = new byte[count];
    }

    void run(LzwTable table) throws ImageDecodeException {
      int position = 0;
      int previous = -1;
      while (position < pixels.length) {
        int code = read(table.width());
        if (code == table.clear) {
          table.reset();
          previous = -1;
          continue;
        }
        if (code == table.end) {
          throw truncated();
        }
        boolean repeated =
            previous >= 0 && code == table.next() && table.next() < LzwTable.MOST_CODES;
        if (!repeated && !table.holds(code)) {
          throw corrupt("a code stands for nothing");
        }
        if (previous >= 0) {
          table.add(previous, table.first(repeated ? previous : code));
        }
        int end = position + table.length(code);
        if (end > pixels.length) {
          throw corrupt("there are more pixels than the frame has");
        }
        table.write(code, pixels, end);
        table.grow();
        position = end;
        previous = code;
      }
    }

    byte[] rest() {
      byte[] rest = Arrays.copyOfRange(data, (int) (bit / 8), data.length);
      if (bit % 8 > 0) {
        rest[0] &= (byte) (0xFF << bit % 8);
      }
      return rest;
    }

    private int read(int width) throws ImageDecodeException {
      if (bit + width > 8L * data.length) {
        throw truncated();
      }
      int code = 0;
      for (int got = 0; got < width; ) {
        int offset = (int) (bit % 8);
        int count = Math.min(width - got, 8 - offset);
        int part = (data[(int) (bit / 8)] & 0xFF) >> offset & (1 << count) - 1;
        code |= part << got;
        got += count;
        bit += count;
      }
      if (codeCount == codes.length) {
        codes = Arrays.copyOf(codes, 2 * codes.length);
      }
      codes[codeCount++] = code;
      return code;
    }

    private static ImageDecodeException truncated() {
      return new ImageDecodeException(
          ErrorType.TRUNCATED, "the GIF's data end before its last row");
    }
  }
}
