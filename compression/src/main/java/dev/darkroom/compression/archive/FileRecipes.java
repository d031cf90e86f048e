package dev.darkroom.compression.archive;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageFormat;
import java.util.Optional;

/** Finds how files are to be rebuilt. */
final class FileRecipes {
  private FileRecipes() {}

  /**
   * The recipe of a file, or empty where none is known.
   *
   * @param raster its samples as decoded, or as salvaged
   */
  static Optional<WritableRecipe> of(byte[] file, ImageFormat format, RasterImage raster) {
    return switch (format) {
      case PNG -> PngRecipe.of(file, raster).map(recipe -> recipe);
      case GIF -> GifRecipe.of(file, raster).map(recipe -> recipe);
      case BMP ->
          PackedSampleRecipe.of(file, raster)
              .<WritableRecipe>map(recipe -> recipe)
              .or(() -> SampleRecipe.of(file, raster));
      case TIFF -> TiffRecipe.of(file, raster).map(recipe -> recipe);
      default -> Optional.empty();
    };
  }
}
