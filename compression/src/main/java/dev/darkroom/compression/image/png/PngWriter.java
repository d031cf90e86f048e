package dev.darkroom.compression.image.png;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.SampleForm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes rasters as PNG files of the same samples, not interlaced, metadata before the samples.
 * Each row gets the filter whose result has the least sum of magnitudes; rows of palettes and of
 * shallow grey get none.
 */
public final class PngWriter {
  private static final int LEVEL = 6;
  private static final int FILTERS = 5;

  /** The chunks that PNG wants before a palette. */
  private static final Set<String> BEFORE_PALETTE =
      Set.of("cHRM", "cICP", "gAMA", "iCCP", "mDCV", "cLLI", "sBIT", "sRGB");

  private PngWriter() {}

  /** The PNG file of a raster whose samples are the picture as it is seen. */
  public static byte[] write(RasterImage raster, ImageMetadata metadata) {
    return write(raster, Optional.empty(), metadata);
  }

  /**
   * The PNG file of a raster.
   *
   * @param form what its samples stand for, where they are not the picture as it is seen
   */
  public static byte[] write(
      RasterImage raster, Optional<SampleForm> form, ImageMetadata metadata) {
    PngHeader header = PngHeader.of(raster, form);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PngFile.SIGNATURE);
    writeChunk(out, new PngChunk("IHDR", header.toBytes()));
    if (form.isPresent()) {
      writeInOrder(out, form.get(), metadata.chunks());
    } else {
      metadata.chunks().forEach(chunk -> writeChunk(out, chunk));
    }
    writeChunk(out, new PngChunk("IDAT", deflate(filteredLines(header, raster))));
    writeChunk(out, new PngChunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  private static void writeInOrder(
      ByteArrayOutputStream out, SampleForm form, List<PngChunk> chunks) {
    for (PngChunk chunk : chunks) {
      if (BEFORE_PALETTE.contains(chunk.type())) {
        writeChunk(out, chunk);
      }
    }
    if (form.isPalette()) {
      writeChunk(out, new PngChunk("PLTE", form.palette()));
    }
    if (form.transparency().length > 0) {
      writeChunk(out, new PngChunk("tRNS", form.transparency()));
    }
    for (PngChunk chunk : chunks) {
      if (!BEFORE_PALETTE.contains(chunk.type())) {
        writeChunk(out, chunk);
      }
    }
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
    byte[] lines = new PngRows(header).toLines(raster);
    boolean filtered = header.depth() >= 8 && header.colorType() != PngHeader.PALETTE;
    for (int y = 0; filtered && y < header.height(); y++) {
      int line = y * (length + 1);
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
