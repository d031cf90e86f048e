package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.RasterImage;

/** What is needed beside an image's pixels to rebuild its file byte for byte. */
sealed interface FileRecipe permits ExpandedPngRecipe, WritableRecipe {
  /**
   * Rebuilds the file.
   *
   * @param raster the image's pixels
   * @param maxBytes the most bytes that it may have
   */
  byte[] rebuild(RasterImage raster, long maxBytes) throws CodecException;
}
