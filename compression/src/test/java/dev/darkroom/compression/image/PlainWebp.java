package dev.darkroom.compression.image;

import dev.darkroom.compression.RasterImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Lossless WebP files (RFC 9649, section 3) in which every sample takes 8 bits, so that there is
 * much to save.
 */
public final class PlainWebp {
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private int bits;
  private int bitCount;

  private PlainWebp() {}

  /** A file of RGB or RGBA samples of 8 bits. */
  public static byte[] lossless(RasterImage raster) {
    return file(chunk("VP8L", image(raster)));
  }

  /** A file with a header for extensions and some chunks around the image. */
  public static byte[] extended(RasterImage raster, int flags, byte[] before, byte[] behind) {
    return file(extension(raster, flags), before, chunk("VP8L", image(raster)), behind);
  }

  /** An animation of one frame, as large as the canvas. */
  public static byte[] animation(RasterImage raster) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(new byte[6]);
    put24(frame, raster.width() - 1);
    put24(frame, raster.height() - 1);
    put24(frame, 100);
    frame.write(0);
    frame.writeBytes(chunk("VP8L", image(raster)));
    return file(
        extension(raster, 2), chunk("ANIM", new byte[6]), chunk("ANMF", frame.toByteArray()));
  }

  /** A chunk. */
  public static byte[] chunk(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length + (content.length & 1))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .putInt(content.length)
        .put(content)
        .array();
  }

  private static byte[] file(byte[]... chunks) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
    for (byte[] chunk : chunks) {
      all.writeBytes(chunk);
    }
    return chunk("RIFF", all.toByteArray());
  }

  private static byte[] extension(RasterImage raster, int flags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(flags | (raster.channels() == 4 ? 0x10 : 0));
    put24(out, 0);
    put24(out, raster.width() - 1);
    put24(out, raster.height() - 1);
    return chunk("VP8X", out.toByteArray());
  }

  private static byte[] image(RasterImage raster) {
    PlainWebp out = new PlainWebp();
    boolean alpha = raster.channels() == 4;
    out.put(0x2F, 8);
    out.put(raster.width() - 1, 14);
    out.put(raster.height() - 1, 14);
    out.put(alpha ? 1 : 0, 1);
    // version 0, no transform, no cache of colours, one group of codes
    out.put(0, 3 + 3);
    out.putCodes(24);
    out.putCodes(0);
    out.putCodes(0);
    out.putCodes(0);
    // distances: a code of the one symbol 0
    out.put(1, 4);
    for (int i = 0; i < raster.samples().length; i += raster.channels()) {
      out.putSample(raster.samples()[i + 1]);
      out.putSample(raster.samples()[i]);
      out.putSample(raster.samples()[i + 2]);
      out.putSample(alpha ? raster.samples()[i + 3] : (byte) 0xFF);
    }
    out.put(0, 7);
    return out.data.toByteArray();
  }

  /** A code of 8 bits for each of 256 symbols, and of none for some behind them. */
  private void putCodes(int others) {
    put(0, 1);
    put(8, 4);
    // lengths of the codes of lengths, as many as it takes to get to 8: those of 0 and 8 are 1
    for (int i = 0; i < 12; i++) {
      put(i == 2 || i == 11 ? 1 : 0, 3);
    }
    put(0, 1);
    for (int i = 0; i < 256; i++) {
      put(1, 1);
    }
    put(0, others);
  }

  /** Codes begin with their highest bit. */
  private void putSample(byte sample) {
    put(Integer.reverse(sample) >>> 24, 8);
  }

  private void put(int value, int count) {
    for (int i = 0; i < count; i++) {
      bits |= (value >> i & 1) << bitCount++;
      if (bitCount == 8) {
        data.write(bits);
        bits = 0;
        bitCount = 0;
      }
    }
  }

  private static void put24(ByteArrayOutputStream out, int value) {
    out.write(value);
    out.write(value >> 8);
    out.write(value >> 16);
  }
}
