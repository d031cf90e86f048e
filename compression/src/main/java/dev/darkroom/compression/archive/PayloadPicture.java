package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.ContainerLimits;
import dev.darkroom.compression.container.ContainerReader;
import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageFileDecoder;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.SampleForm;
import dev.darkroom.compression.image.png.PngWriter;
import java.util.Objects;
import java.util.Optional;

/**
 * The picture of a container, whatever it was made for.
 *
 * @param samples the samples that the container holds: of a palette its indices
 * @param form what they stand for, where they are not the picture as it is seen
 */
public record PayloadPicture(RasterImage samples, Optional<SampleForm> form) {
  /** Refuses nulls. */
  public PayloadPicture {
    Objects.requireNonNull(samples, "samples");
    Objects.requireNonNull(form, "form");
  }

  /**
   * Decodes a container with one image. Of one that holds a file the file is rebuilt, which tells
   * what the samples stand for.
   *
   * @param payload the container
   * @param coders the coders at hand
   * @param limits what to decode
   * @throws CodecException where the payload is damaged, over the limits, or needs a version or
   *     model that is not at hand
   */
  public static PayloadPicture of(byte[] payload, StreamCoders coders, DecodeLimits limits)
      throws CodecException {
    ContainerReader reader =
        ContainerReader.open(payload, coders, ContainerLimits.ofPixels(limits.maxPixels()));
    if (reader.imageCount() != 1) {
      throw new CodecException(
          Kind.CORRUPT,
          "the container holds %d images, where one was expected; read it with ContainerReader"
              .formatted(reader.imageCount()));
    }
    RasterImage samples = reader.decode(0);
    Optional<byte[]> block = reader.metadata(0);
    if (block.isEmpty()) {
      return new PayloadPicture(samples, Optional.empty());
    }
    Optional<FileRecipe> recipe = ArchiveBlock.recipe(block.get());
    if (recipe.isEmpty()) {
      return new PayloadPicture(samples, ArchiveBlock.form(block.get(), samples));
    }
    if (recipe.get() instanceof ExpandedPngRecipe) {
      return new PayloadPicture(samples, Optional.empty());
    }
    byte[] file = recipe.get().rebuild(samples, limits.maxBytes());
    Optional<DecodedImage> shown = new ImageFileDecoder(limits).show(file);
    return shown
        .map(image -> new PayloadPicture(image.raster(), image.form()))
        .orElseGet(() -> new PayloadPicture(samples, Optional.empty()));
  }

  /** A PNG file that shows it: of a palette one with the same palette and indices. */
  public byte[] toPng() {
    return PngWriter.write(samples, form, ImageMetadata.NONE);
  }
}
