package dev.darkroom.compression.archive;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.bmp.BmpDecoder;
import dev.darkroom.compression.image.bmp.BmpHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * For files that hold their samples as they are, which BMP files do: where the samples lie, and a
 * patch for everything else. Archives of early releases have such recipes of uncompressed TIFF
 * files too.
 *
 * <pre>
 * file length     4
 * first pixel     4   offset in the file
 * row stride      4   from one row to the next below, negative where rows go upwards
 * pixel stride    1   from one pixel to the next
 * byte count      1   bytes of a pixel's samples: channels x bit depth / 8
 * byte offsets    n   for each of them, its offset within the pixel in the file
 * patch           rest   zstd frame: the file XOR the samples put where they belong in zeros
 * </pre>
 *
 * <p>All numbers are big endian.
 */
final class SampleRecipe extends PlacedSamples {
  private final int first;
  private final int rowStride;
  private final int pixelStride;
  private final byte[] offsets;

  private SampleRecipe(
      int length, int first, int rowStride, int pixelStride, byte[] offsets, byte[] patch) {
    super(length, patch);
    this.first = first;
    this.rowStride = rowStride;
    this.pixelStride = pixelStride;
    this.offsets = offsets;
  }

  /** The recipe of a file, or empty where its samples do not lie open in it. */
  static Optional<SampleRecipe> of(byte[] file, RasterImage raster) {
    return locateBmp(file, raster)
        .filter(recipe -> recipe.fits(raster))
        .map(recipe -> recipe.patched(file, raster));
  }

  static SampleRecipe readFrom(ByteBuffer in) {
    int length = in.getInt();
    int first = in.getInt();
    int rowStride = in.getInt();
    int pixelStride = in.get() & 0xFF;
    byte[] offsets = new byte[in.get() & 0xFF];
    in.get(offsets);
    byte[] patch = new byte[in.remaining()];
    in.get(patch);
    return new SampleRecipe(length, first, rowStride, pixelStride, offsets, patch);
  }

  @Override
  public int kind() {
    return ArchiveBlock.SAMPLE_RECIPE;
  }

  @Override
  public void writeTo(ByteArrayOutputStream out) {
    out.writeBytes(
        ByteBuffer.allocate(14 + offsets.length)
            .putInt(length)
            .putInt(first)
            .putInt(rowStride)
            .put((byte) pixelStride)
            .put((byte) offsets.length)
            .put(offsets)
            .array());
    out.writeBytes(patch);
  }

  private static Optional<SampleRecipe> locateBmp(byte[] file, RasterImage raster) {
    if (raster.bitDepth() != 8) {
      return Optional.empty();
    }
    try {
      BmpHeader header = BmpHeader.read(file);
      return BmpDecoder.offsets(file, header, raster.channels())
          .map(
              offsets ->
                  new SampleRecipe(
                      file.length,
                      header.top(),
                      header.step(),
                      header.bits() / 8,
                      offsets,
                      new byte[0]));
    } catch (ImageDecodeException e) {
      return Optional.empty();
    }
  }

  private SampleRecipe patched(byte[] file, RasterImage raster) {
    return new SampleRecipe(
        length, first, rowStride, pixelStride, offsets, XorPatch.between(file, place(raster)));
  }

  @Override
  byte[] place(RasterImage raster) {
    byte[] file = new byte[length];
    byte[] samples = raster.samples();
    int source = 0;
    for (int y = 0; y < raster.height(); y++) {
      int pixel = first + y * rowStride;
      for (int x = 0; x < raster.width(); x++) {
        for (byte offset : offsets) {
          file[pixel + offset] = samples[source++];
        }
        pixel += pixelStride;
      }
    }
    return file;
  }

  @Override
  boolean fits(RasterImage raster) {
    if (offsets.length != raster.channels() * raster.bitDepth() / 8) {
      return false;
    }
    int greatest = 0;
    for (byte offset : offsets) {
      if (offset < 0) {
        return false;
      }
      greatest = Math.max(greatest, offset);
    }
    long last = first + (raster.height() - 1L) * rowStride;
    long row = (raster.width() - 1L) * pixelStride + greatest;
    return Math.min(first, last) >= 0 && Math.max(first, last) + row < length;
  }
}
