package dev.darkroom.compression.image.gif;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * GIF files by an encoder that empties its table when it likes, or never, and now and then takes a
 * shorter string than it could.
 */
public final class WhimsicalGif {
  private static final int MOST_CODES = 4096;

  private final Random random;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private int bits;
  private int bitCount;

  private WhimsicalGif(long seed) {
    random = new Random(seed);
  }

  /**
   * A file.
   *
   * @param indices rows from top to bottom
   * @param depth bits of an index, 2 to 8
   * @param whims how often in a thousand codes something unusual is done
   * @param seed of all that is unusual
   */
  public static byte[] file(
      byte[] indices, int width, int height, int depth, boolean interlaced, int whims, long seed) {
    return new WhimsicalGif(seed).write(indices, width, height, depth, interlaced, whims);
  }

  private byte[] write(
      byte[] indices, int width, int height, int depth, boolean interlaced, int whims) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
    put16(out, width);
    put16(out, height);
    out.write(0x80 | depth - 1);
    out.write(0);
    out.write(0);
    byte[] colors = new byte[3 << depth];
    random.nextBytes(colors);
    out.writeBytes(colors);
    out.write(0x2C);
    put16(out, 0);
    put16(out, 0);
    put16(out, width);
    put16(out, height);
    out.write(interlaced ? 0x40 : 0);
    out.write(depth);
    compress(interlaced ? interlace(indices, width, height) : indices, depth, whims);
    byte[] codes = data.toByteArray();
    int most = random.nextInt(3) == 0 ? 1 + random.nextInt(255) : 255;
    for (int from = 0; from < codes.length; from += most) {
      int length = Math.min(most, codes.length - from);
      out.write(length);
      out.write(codes, from, length);
    }
    out.write(0);
    out.write(0x3B);
    return out.toByteArray();
  }

  /** Strings are kept as texts, a character a pixel: as plain as can be. */
  private void compress(byte[] pixels, int depth, int whims) {
    int clear = 1 << depth;
    boolean defers = random.nextBoolean();
    Map<String, Integer> table = new HashMap<>();
    int next = restart(table, depth);
    int width = depth + 1;
    put(clear, width);
    for (int from = 0; from < pixels.length; ) {
      if (next == MOST_CODES && !defers || random.nextInt(1000) < whims / 4) {
        put(clear, width);
        next = restart(table, depth);
        width = depth + 1;
      }
      StringBuilder text = new StringBuilder();
      while (from + text.length() < pixels.length
          && table.containsKey(text.toString() + (char) (pixels[from + text.length()] & 0xFF))) {
        text.append((char) (pixels[from + text.length()] & 0xFF));
      }
      if (text.length() > 1 && random.nextInt(1000) < whims) {
        text.setLength(1 + random.nextInt(text.length() - 1));
      }
      put(table.get(text.toString()), width);
      from += text.length();
      if (next < MOST_CODES && from < pixels.length) {
        // a decoder enters the string one code later, so codes grow when it has
        table.putIfAbsent(text.toString() + (char) (pixels[from] & 0xFF), next);
        if (next == 1 << width && width < 12) {
          width++;
        }
        next++;
      }
    }
    if (next == 1 << width && width < 12) {
      width++;
    }
    put(clear + 1, width);
    if (bitCount > 0) {
      data.write(bits);
    }
  }

  private static int restart(Map<String, Integer> table, int depth) {
    table.clear();
    for (int i = 0; i < 1 << depth; i++) {
      table.put(String.valueOf((char) i), i);
    }
    return (1 << depth) + 2;
  }

  private void put(int code, int width) {
    bits |= code << bitCount;
    bitCount += width;
    while (bitCount >= 8) {
      data.write(bits);
      bits >>>= 8;
      bitCount -= 8;
    }
  }

  private static byte[] interlace(byte[] rows, int width, int height) {
    byte[] pixels = new byte[rows.length];
    int target = 0;
    int[] firsts = {0, 4, 2, 1};
    int[] steps = {8, 8, 4, 2};
    for (int pass = 0; pass < 4; pass++) {
      for (int y = firsts[pass]; y < height; y += steps[pass]) {
        System.arraycopy(rows, y * width, pixels, target, width);
        target += width;
      }
    }
    return Arrays.copyOf(pixels, target);
  }

  private static void put16(ByteArrayOutputStream out, int value) {
    out.write(value);
    out.write(value >> 8);
  }
}
