package dev.darkroom.compression.image.tiff;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A strip or tile taken out of its compression, predictor still on.
 *
 * @param content its bytes
 * @param used how many compressed bytes it took
 * @param lzw for LZW, what the content does not tell of the codes; else null
 */
public record TiffSegment(byte[] content, int used, TiffLzw.Form lzw) {
  /**
   * Decompresses a segment.
   *
   * @param file the file
   * @param from where the segment begins
   * @param to where its compressed bytes end at the latest
   * @param length the bytes that it must have
   * @throws ImageDecodeException of type {@code CORRUPT} or {@code TRUNCATED} where it has not
   */
  static TiffSegment decode(byte[] file, int from, int to, TiffCompression compression, int length)
      throws ImageDecodeException {
    return switch (compression) {
      case NONE -> {
        if (to - from < length) {
          throw tooShort();
        }
        yield new TiffSegment(Arrays.copyOfRange(file, from, from + length), length, null);
      }
      case DEFLATE -> inflate(file, from, to, length);
      case LZW -> TiffLzw.decode(file, from, to, length);
      case PACK_BITS -> PackBits.decode(file, from, to, length);
    };
  }

  private static TiffSegment inflate(byte[] file, int from, int to, int length)
      throws ImageDecodeException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(file, from, to - from);
      byte[] content = new byte[length];
      int filled = 0;
      while (filled < length) {
        int count = inflater.inflate(content, filled, length - filled);
        if (count == 0) {
          throw inflater.finished() ? tooShort() : cutShort();
        }
        filled += count;
      }
      if (!inflater.finished() && inflater.inflate(new byte[1]) > 0) {
        throw tooLong();
      }
      if (!inflater.finished()) {
        throw cutShort();
      }
      return new TiffSegment(content, Math.toIntExact(inflater.getBytesRead()), null);
    } catch (DataFormatException e) {
      throw new ImageDecodeException(
          ErrorType.CORRUPT, "the TIFF's compressed samples are damaged", e);
    } finally {
      inflater.end();
    }
  }

  static ImageDecodeException tooShort() {
    return new ImageDecodeException(
        ErrorType.TRUNCATED, "a segment of the TIFF has fewer samples than it should have");
  }

  static ImageDecodeException tooLong() {
    return new ImageDecodeException(
        ErrorType.NOT_ONE_RASTER,
        "a segment of the TIFF has more samples than it should have; keep its original bytes");
  }

  private static ImageDecodeException cutShort() {
    return new ImageDecodeException(
        ErrorType.TRUNCATED, "a segment of the TIFF ends before its samples do");
  }
}
