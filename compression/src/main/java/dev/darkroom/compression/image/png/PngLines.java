package dev.darkroom.compression.image.png;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.png.PngHeader.Pass;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The rows of a PNG file, each with its filter type before it, pass after pass: decompressing them,
 * and taking off and putting on their filters.
 *
 * <p>{@link #unfilter} leaves the filter types where they are, so that {@link #filter} undoes it.
 */
public final class PngLines {
  /** What deflate can't exceed: 258 bytes by 2 bits. */
  private static final long MAX_EXPANSION = 1032;

  private static final int ZLIB_HEADER = 2;
  private static final int SURPLUS_STEP = 1 << 16;
  private static final int MOST_SURPLUS = 1 << 22;

  private PngLines() {}

  /**
   * Decompresses the lines, filters still on.
   *
   * @throws ImageDecodeException of type {@code CORRUPT} or {@code TRUNCATED}
   */
  public static byte[] inflate(PngFile file) throws ImageDecodeException {
    byte[] compressed = file.compressedLines();
    long length = file.header().lineBytes();
    if (length / MAX_EXPANSION > compressed.length) {
      throw new ImageDecodeException(
          ErrorType.TRUNCATED,
          "the PNG has fewer compressed bytes than its rows can be packed into");
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      return inflate(inflater, new byte[Math.toIntExact(length)]);
    } catch (DataFormatException e) {
      throw new ImageDecodeException(
          ErrorType.CORRUPT, "not a valid PNG: its compressed data are damaged", e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] inflate(Inflater inflater, byte[] lines)
      throws DataFormatException, ImageDecodeException {
    int filled = 0;
    while (filled < lines.length) {
      int count = inflater.inflate(lines, filled, lines.length - filled);
      if (count == 0) {
        throw new ImageDecodeException(
            ErrorType.TRUNCATED, "the PNG's compressed data end before its last row");
      }
      filled += count;
    }
    if (!inflater.finished()) {
      if (inflater.inflate(new byte[1]) > 0) {
        throw new ImageDecodeException(
            ErrorType.CORRUPT, "not a valid PNG: its compressed data hold more than its rows");
      }
      if (!inflater.finished()) {
        throw new ImageDecodeException(
            ErrorType.TRUNCATED, "the PNG's compressed data lack their checksum");
      }
    }
    return lines;
  }

  /**
   * The content of a deflate stream that may go on after the last row.
   *
   * @param content all that it holds, the rows first
   * @param end the index of the first byte behind the stream
   */
  public record Content(byte[] content, int end) {}

  /**
   * Decompresses a zlib stream that holds all rows, whatever its header and its checksum say.
   *
   * @param data header, deflate stream, checksum, and perhaps more
   * @return the content, or empty where the rows are not complete or far more than rows are in it
   */
  public static Optional<Content> inflate(PngHeader header, byte[] data) {
    long length = header.lineBytes();
    if (data.length < ZLIB_HEADER || length / MAX_EXPANSION > data.length) {
      return Optional.empty();
    }
    Inflater inflater = new Inflater(true);
    try {
      // one more byte, which some releases of zlib want to see behind a stream without checksum
      inflater.setInput(Arrays.copyOf(data, data.length + 1), ZLIB_HEADER, data.length - 1);
      byte[] content = new byte[Math.toIntExact(length)];
      int filled = 0;
      while (!inflater.finished()) {
        if (filled == content.length) {
          content = Arrays.copyOf(content, content.length + SURPLUS_STEP);
        }
        int count = inflater.inflate(content, filled, content.length - filled);
        filled += count;
        boolean stuck = count == 0 && (inflater.needsInput() || inflater.needsDictionary());
        if (stuck || filled - length > MOST_SURPLUS) {
          return Optional.empty();
        }
      }
      long end = ZLIB_HEADER + inflater.getBytesRead();
      return filled < length || end > data.length
          ? Optional.empty()
          : Optional.of(new Content(Arrays.copyOf(content, filled), (int) end));
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  /** The filter type of each line. */
  public static byte[] filterTypes(PngHeader header, byte[] lines) {
    ByteArrayOutputStream types = new ByteArrayOutputStream();
    forEachLine(header, line -> types.write(lines[line]));
    return types.toByteArray();
  }

  /**
   * Puts filter types before lines.
   *
   * @param types as {@link #filterTypes} returns them
   * @throws IllegalArgumentException where there are not as many as lines
   */
  public static void setFilterTypes(PngHeader header, byte[] lines, byte[] types) {
    ByteBuffer in = ByteBuffer.wrap(types);
    int count = header.passes().stream().mapToInt(Pass::height).sum();
    if (count != types.length) {
      throw new IllegalArgumentException("there are not as many filter types as lines");
    }
    forEachLine(header, line -> lines[line] = in.get());
  }

  private static void forEachLine(PngHeader header, IntConsumer action) {
    int line = 0;
    for (Pass pass : header.passes()) {
      for (int y = 0; y < pass.height(); y++) {
        action.accept(line);
        line += 1 + (int) header.rowBytes(pass.width());
      }
    }
  }

  /**
   * Takes the filters off in place.
   *
   * @throws ImageDecodeException of type {@code CORRUPT} where a filter type is not 0 to 4
   */
  public static void unfilter(PngHeader header, byte[] lines) throws ImageDecodeException {
    int distance = header.filterDistance();
    int line = 0;
    for (Pass pass : header.passes()) {
      int length = (int) header.rowBytes(pass.width());
      for (int y = 0; y < pass.height(); y++) {
        int above = y == 0 ? -1 : line - length - 1;
        if (lines[line] < 0 || lines[line] > 4) {
          throw new ImageDecodeException(
              ErrorType.CORRUPT, "not a valid PNG: a row has filter type " + (lines[line] & 0xFF));
        }
        unfilterLine(lines, line, above, length, distance);
        line += 1 + length;
      }
    }
  }

  /** Puts the filters on in place, as the filter types before the rows say. */
  public static void filter(PngHeader header, byte[] lines) {
    int distance = header.filterDistance();
    int line = lines.length;
    for (int p = header.passes().size() - 1; p >= 0; p--) {
      Pass pass = header.passes().get(p);
      int length = (int) header.rowBytes(pass.width());
      for (int y = pass.height() - 1; y >= 0; y--) {
        line -= 1 + length;
        filterLine(lines, line, y == 0 ? -1 : line - length - 1, length, distance);
      }
    }
  }

  private static void unfilterLine(byte[] lines, int line, int above, int length, int distance) {
    int first = line + 1;
    int end = first + length;
    int inner = Math.min(end, first + distance);
    int up = above < 0 ? 0 : line - above;
    switch (lines[line]) {
      case 1 -> {
        for (int i = inner; i < end; i++) {
          lines[i] += lines[i - distance];
        }
      }
      case 2 -> {
        for (int i = first; up > 0 && i < end; i++) {
          lines[i] += lines[i - up];
        }
      }
      case 3, 4 -> {
        int type = lines[line];
        for (int i = first; i < inner; i++) {
          lines[i] += (byte) predict(lines, line, above, i - line, distance, type);
        }
        if (type == 4 && up > 0) {
          unfilterPaeth(lines, inner, end, distance, up);
        } else {
          for (int i = inner; i < end; i++) {
            lines[i] += (byte) predict(lines, line, above, i - line, distance, type);
          }
        }
      }
      default -> {}
    }
  }

  private static void unfilterPaeth(byte[] lines, int from, int to, int distance, int up) {
    for (int i = from; i < to; i++) {
      int a = lines[i - distance] & 0xFF;
      int b = lines[i - up] & 0xFF;
      int c = lines[i - up - distance] & 0xFF;
      lines[i] += (byte) paeth(a, b, c);
    }
  }

  private static void filterLine(byte[] lines, int line, int above, int length, int distance) {
    int type = lines[line];
    for (int i = length; type != 0 && i >= 1; i--) {
      lines[line + i] -= (byte) predict(lines, line, above, i, distance, type);
    }
  }

  private static int predict(byte[] lines, int line, int above, int i, int distance, int type) {
    int left = i > distance ? lines[line + i - distance] & 0xFF : 0;
    int up = above >= 0 ? lines[above + i] & 0xFF : 0;
    return switch (type) {
      case 0 -> 0;
      case 1 -> left;
      case 2 -> up;
      case 3 -> left + up >> 1;
      default -> {
        int upLeft = i > distance && above >= 0 ? lines[above + i - distance] & 0xFF : 0;
        yield paeth(left, up, upLeft);
      }
    };
  }

  static int paeth(int left, int up, int upLeft) {
    int estimate = left + up - upLeft;
    int toLeft = Math.abs(estimate - left);
    int toUp = Math.abs(estimate - up);
    int toUpLeft = Math.abs(estimate - upLeft);
    if (toLeft <= toUp && toLeft <= toUpLeft) {
      return left;
    }
    return toUp <= toUpLeft ? up : upLeft;
  }
}
