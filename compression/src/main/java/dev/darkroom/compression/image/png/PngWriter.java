package dev.darkroom.compression.image.png;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageMetadata;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes rasters as PNG files of the same channels and bit depth, not interlaced, metadata before
 * the samples. Each row gets the filter whose result has the least sum of magnitudes.
 */
public final class PngWriter {
  private static final int LEVEL = 6;
  private static final int FILTERS = 5;

  private PngWriter() {}

  /** The PNG file of a raster. */
  public static byte[] write(RasterImage raster, ImageMetadata metadata) {
    PngHeader header =
        new PngHeader(
            raster.width(),
            raster.height(),
            raster.bitDepth(),
            switch (raster.channels()) {
              case 1 -> PngHeader.GREY;
              case 2 -> PngHeader.GREY_ALPHA;
              case 3 -> PngHeader.RGB;
              default -> PngHeader.RGBA;
            },
            false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PngFile.SIGNATURE);
    writeChunk(out, new PngChunk("IHDR", header.toBytes()));
    metadata.chunks().forEach(chunk -> writeChunk(out, chunk));
    writeChunk(out, new PngChunk("IDAT", deflate(filteredLines(header, raster))));
    writeChunk(out, new PngChunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  /** Appends a chunk with its length and checksum. */
  public static void writeChunk(ByteArrayOutputStream out, PngChunk chunk) {
    byte[] type = chunk.type().getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(chunk.data());
    out.writeBytes(ByteBuffer.allocate(4).putInt(chunk.data().length).array());
    out.writeBytes(type);
    out.writeBytes(chunk.data());
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static byte[] filteredLines(PngHeader header, RasterImage raster) {
    int length = (int) header.rowBytes(header.width());
    byte[] lines = new byte[Math.toIntExact(header.lineBytes())];
    for (int y = 0; y < header.height(); y++) {
      int line = y * (length + 1);
      System.arraycopy(raster.samples(), y * length, lines, line + 1, length);
      int above = y == 0 ? -1 : line - length - 1;
      lines[line] = (byte) bestFilter(lines, line, above, length, header.filterDistance());
    }
    PngLines.filter(header, lines);
    return lines;
  }

  private static int bestFilter(byte[] lines, int line, int above, int length, int distance) {
    long[] sums = new long[FILTERS];
    for (int i = 1; i <= length; i++) {
      int value = lines[line + i];
      int left = i > distance ? lines[line + i - distance] & 0xFF : 0;
      int up = above >= 0 ? lines[above + i] & 0xFF : 0;
      int upLeft = i > distance && above >= 0 ? lines[above + i - distance] & 0xFF : 0;
      sums[0] += Math.abs(value);
      sums[1] += Math.abs((byte) (value - left));
      sums[2] += Math.abs((byte) (value - up));
      sums[3] += Math.abs((byte) (value - (left + up >> 1)));
      sums[4] += Math.abs((byte) (value - PngLines.paeth(left, up, upLeft)));
    }
    int best = 0;
    for (int type = 1; type < FILTERS; type++) {
      if (sums[type] < sums[best]) {
        best = type;
      }
    }
    return best;
  }

  private static byte[] deflate(byte[] lines) {
    Deflater deflater = new Deflater(LEVEL);
    try {
      deflater.setInput(lines);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
