package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.RasterImage;
import java.io.ByteArrayOutputStream;

/** What is needed beside an image's pixels to rebuild its file byte for byte. */
sealed interface FileRecipe
    permits ExpandedPngRecipe, SampleRecipe, PngRecipe, GifRecipe, PackedSampleRecipe, TiffRecipe {
  /** The number that says in a block which recipe it holds. */
  int kind();

  /**
   * Rebuilds the file.
   *
   * @param raster the image's pixels
   * @param maxBytes the most bytes that it may have
   */
  byte[] rebuild(RasterImage raster, long maxBytes) throws CodecException;

  /**
   * Appends the recipe's fields.
   *
   * @throws UnsupportedOperationException where the recipe is of a kind that is only read
   */
  void writeTo(ByteArrayOutputStream out);
}
