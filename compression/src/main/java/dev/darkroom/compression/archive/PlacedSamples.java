package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import dev.darkroom.compression.RasterImage;

/**
 * A recipe of a file that holds its samples as they are: their places, and a patch for the rest.
 */
abstract sealed class PlacedSamples implements WritableRecipe
    permits SampleRecipe, PackedSampleRecipe {
  /** Bytes of the file. */
  final int length;

  /** A zstd frame: the file XOR the samples put where they belong in zeros. */
  final byte[] patch;

  PlacedSamples(int length, byte[] patch) {
    this.length = length;
    this.patch = patch;
  }

  @Override
  public final byte[] rebuild(RasterImage raster, long maxBytes) throws CodecException {
    if (length < 0 || length > maxBytes) {
      throw new CodecException(
          Kind.LIMIT_EXCEEDED,
          "the file has %d bytes, over the limit of %d; raise the limit on bytes"
              .formatted(length, maxBytes));
    }
    if (!fits(raster)) {
      throw new CodecException(
          Kind.CORRUPT, "the recipe does not fit the image; restore it from another copy");
    }
    byte[] file = place(raster);
    XorPatch.apply(file, patch);
    return file;
  }

  /** Whether the samples have their places within the file. */
  abstract boolean fits(RasterImage raster);

  /** The samples where they belong, in a file of zeros. */
  abstract byte[] place(RasterImage raster);
}
