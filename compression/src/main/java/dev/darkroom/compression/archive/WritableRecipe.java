package dev.darkroom.compression.archive;

import java.io.ByteArrayOutputStream;

/** A recipe of a kind that is made by this release, and not only read. */
sealed interface WritableRecipe extends FileRecipe
    permits PngRecipe, GifRecipe, TiffRecipe, PlacedSamples {
  /** The number that says in a block which recipe it holds. */
  int kind();

  /** Appends the recipe's fields. */
  void writeTo(ByteArrayOutputStream out);
}
