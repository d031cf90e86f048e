package dev.darkroom.recaption.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first frame of an animated WebP file (RFC 9649, 2.7.1) as a still file, for libwebp's decoder
 * reads those alone.
 *
 * @param file the still file
 * @param left the column of the canvas where the frame begins
 * @param top the row of the canvas where the frame begins
 * @param width of the canvas, 1 to 2^24
 * @param height of the canvas, 1 to 2^24
 */
record WebpFrame(byte[] file, int left, int top, int width, int height) {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int EXTENDED_BYTES = 10;
  private static final int FRAME_HEADER = 16;
  private static final int ANIMATION = 0x02;
  private static final int ALPHA = 0x10;
  private static final int BITS_24 = 0xFF_FFFF;

  /** The first frame, or empty where the file is not animated or is damaged. */
  static Optional<WebpFrame> first(byte[] file) {
    int header = FIRST_CHUNK + CHUNK_HEADER;
    if (file.length < header + EXTENDED_BYTES
        || !isChunk(file, FIRST_CHUNK, "VP8X")
        || (file[header] & ANIMATION) == 0) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long place = FIRST_CHUNK;
    while (place + CHUNK_HEADER + FRAME_HEADER <= file.length) {
      int chunk = (int) place;
      int start = chunk + CHUNK_HEADER;
      long length = in.getInt(chunk + 4) & 0xFFFF_FFFFL;
      if (isChunk(file, chunk, "ANMF")) {
        int end = (int) Math.min(file.length, start + length);
        int sides = start + 6;
        byte[] still =
            still(
                Arrays.copyOfRange(file, sides, sides + 6),
                Arrays.copyOfRange(file, Math.min(end, start + FRAME_HEADER), end));
        return Optional.of(
            new WebpFrame(
                still,
                2 * (in.getInt(start) & BITS_24),
                2 * (in.getInt(start + 3) & BITS_24),
                1 + (in.getInt(header + 4) & BITS_24),
                1 + (in.getInt(header + 6) >>> 8)));
      }
      place = start + length + (length & 1);
    }
    return Optional.empty();
  }

  /** The whole canvas: black where the frame does not reach. */
  RgbImage onCanvas(RgbImage frame) {
    if (frame.width() == width && frame.height() == height) {
      return frame;
    }
    byte[] samples = new byte[Math.multiplyExact(width * height, RgbImage.CHANNELS)];
    int columns = Math.min(frame.width(), width - left);
    for (int y = 0; y < Math.min(frame.height(), height - top); y++) {
      System.arraycopy(
          frame.samples(),
          y * frame.width() * RgbImage.CHANNELS,
          samples,
          ((top + y) * width + left) * RgbImage.CHANNELS,
          Math.max(0, columns) * RgbImage.CHANNELS);
    }
    return new RgbImage(width, height, samples);
  }

  private static byte[] still(byte[] sides, byte[] chunks) {
    boolean alpha = isChunk(chunks, 0, "ALPH") || isChunk(chunks, 0, "VP8L");
    return ByteBuffer.allocate(FIRST_CHUNK + CHUNK_HEADER + EXTENDED_BYTES + chunks.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(4 + CHUNK_HEADER + EXTENDED_BYTES + chunks.length)
        .put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII))
        .putInt(EXTENDED_BYTES)
        .putInt(alpha ? ALPHA : 0)
        .put(sides)
        .put(chunks)
        .array();
  }

  private static boolean isChunk(byte[] file, int place, String type) {
    return file.length >= place + 4
        && new String(file, place, 4, StandardCharsets.ISO_8859_1).equals(type);
  }
}
