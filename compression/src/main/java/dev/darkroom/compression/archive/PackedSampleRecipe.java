package dev.darkroom.compression.archive;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.bmp.BmpHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * For bitmaps with a palette, which hold indices of 1, 2, 4 or 8 bits as they are, the first in the
 * highest bits of a byte: where they lie, and a patch for everything else.
 *
 * <pre>
 * file length     4
 * first row       4   offset of its first byte in the file
 * row stride      4   from one row to the next below, negative where rows go upwards
 * bits            1   of an index
 * patch           rest   zstd frame: the file XOR the indices put where they belong in zeros
 * </pre>
 *
 * <p>All numbers are big endian.
 */
final class PackedSampleRecipe extends PlacedSamples {
  private final int first;
  private final int rowStride;
  private final int bits;

  private PackedSampleRecipe(int length, int first, int rowStride, int bits, byte[] patch) {
    super(length, patch);
    this.first = first;
    this.rowStride = rowStride;
    this.bits = bits;
  }

  /** The recipe of a bitmap, or empty where its indices are compressed, or there are none. */
  static Optional<PackedSampleRecipe> of(byte[] file, RasterImage raster) {
    try {
      BmpHeader header = BmpHeader.read(file);
      PackedSampleRecipe located =
          new PackedSampleRecipe(
              file.length, header.top(), header.step(), header.bits(), new byte[0]);
      if (header.bits() > 8 || header.compression() != 0 || !located.fits(raster)) {
        return Optional.empty();
      }
      byte[] patch = XorPatch.between(file, located.place(raster));
      return Optional.of(
          new PackedSampleRecipe(
              located.length, located.first, located.rowStride, located.bits, patch));
    } catch (ImageDecodeException e) {
      return Optional.empty();
    }
  }

  static PackedSampleRecipe readFrom(ByteBuffer in) {
    int length = in.getInt();
    int first = in.getInt();
    int rowStride = in.getInt();
    int bits = in.get();
    byte[] patch = new byte[in.remaining()];
    in.get(patch);
    return new PackedSampleRecipe(length, first, rowStride, bits, patch);
  }

  @Override
  public int kind() {
    return ArchiveBlock.PACKED_SAMPLE_RECIPE;
  }

  @Override
  public void writeTo(ByteArrayOutputStream out) {
    out.writeBytes(
        ByteBuffer.allocate(13)
            .putInt(length)
            .putInt(first)
            .putInt(rowStride)
            .put((byte) bits)
            .array());
    out.writeBytes(patch);
  }

  @Override
  byte[] place(RasterImage raster) {
    byte[] file = new byte[length];
    byte[] samples = raster.samples();
    int source = 0;
    for (int y = 0; y < raster.height(); y++) {
      int row = first + y * rowStride;
      for (int x = 0; x < raster.width(); x++) {
        int shift = 8 - bits - x * bits % 8;
        int value = samples[source++] & (1 << bits) - 1;
        file[row + x * bits / 8] |= (byte) (value << shift);
      }
    }
    return file;
  }

  @Override
  boolean fits(RasterImage raster) {
    boolean shape = raster.channels() == 1 && raster.bitDepth() == 8;
    boolean depth = bits == 1 || bits == 2 || bits == 4 || bits == 8;
    long last = first + (raster.height() - 1L) * rowStride;
    long row = ((long) raster.width() * bits + 7) / 8;
    return shape && depth && Math.min(first, last) >= 0 && Math.max(first, last) + row <= length;
  }
}
