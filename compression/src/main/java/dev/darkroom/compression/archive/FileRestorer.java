package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import dev.darkroom.compression.InstalledCoders;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.ContainerLimits;
import dev.darkroom.compression.container.ContainerReader;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.SampleForm;
import dev.darkroom.compression.image.png.PngWriter;
import java.util.Objects;
import java.util.Optional;

/**
 * Restores files from archive rows and checks every hash that a row has. Immutable and thread-safe.
 *
 * <p>A row whose payload is the file, or that holds a recipe for it, gives back the file byte for
 * byte; any other gives a PNG file of the pixels with the metadata that were kept.
 */
public final class FileRestorer {
  private final StreamCoders coders;
  private final DecodeLimits limits;

  /** A restorer with the coders of this release. */
  public FileRestorer(DecodeLimits limits) {
    this(limits, InstalledCoders.all());
  }

  /** A restorer with other coders. */
  public FileRestorer(DecodeLimits limits, StreamCoders coders) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.coders = Objects.requireNonNull(coders, "coders");
  }

  /**
   * Restores a file.
   *
   * @throws CodecException where the payload is damaged, over the limits, or needs a version or
   *     model that is not installed
   */
  public RestoredFile restore(RestoreRequest request) throws CodecException {
    return switch (request.codec()) {
      case STORED -> checked(request.payload(), request);
      case ZSTD -> checked(ZstdFrame.decompress(request.payload(), limits.maxBytes()), request);
      case IFLOW -> restoreContainer(request);
    };
  }

  /**
   * Checks that a row can be restored, at the least cost that leaves nothing unchecked: the pixels
   * are decoded and compared with their hash, and a file's bytes with theirs.
   *
   * @return what the payload holds, for a comparison with the rest of the row
   * @throws CodecException as {@link #restore}
   */
  public VerifiedPayload verify(RestoreRequest request) throws CodecException {
    if (request.codec() != ArchiveCodec.IFLOW) {
      return VerifiedPayload.ofFile(restore(request).bytes(), Optional.empty());
    }
    ContainerReader reader = open(request);
    RasterImage raster = decode(reader, request);
    ImageProperties image =
        new ImageProperties(ImageShape.of(raster), Optional.of(reader.info(0).pixelSha256()));
    Optional<byte[]> block = reader.metadata(0);
    if (block.isPresent()) {
      Optional<FileRecipe> recipe = ArchiveBlock.recipe(block.get());
      if (recipe.isPresent()) {
        RestoredFile file = checked(recipe.get().rebuild(raster, limits.maxBytes()), request);
        return VerifiedPayload.ofFile(file.bytes(), Optional.of(image));
      }
      ArchiveBlock.metadata(block.get());
      ArchiveBlock.form(block.get(), raster);
    }
    return VerifiedPayload.ofPixels(image);
  }

  /**
   * The samples of a row that has a container: of a palette its indices.
   *
   * @return the image, or empty where the payload is the file itself
   * @throws CodecException as {@link #restore}
   */
  public Optional<RasterImage> pixels(RestoreRequest request) throws CodecException {
    return request.codec() == ArchiveCodec.IFLOW
        ? Optional.of(decode(open(request), request))
        : Optional.empty();
  }

  private RestoredFile restoreContainer(RestoreRequest request) throws CodecException {
    ContainerReader reader = open(request);
    RasterImage raster = decode(reader, request);
    Optional<byte[]> block = reader.metadata(0);
    if (block.isPresent()) {
      Optional<FileRecipe> recipe = ArchiveBlock.recipe(block.get());
      if (recipe.isPresent()) {
        return checked(recipe.get().rebuild(raster, limits.maxBytes()), request);
      }
    }
    ImageMetadata metadata =
        block.isPresent() ? ArchiveBlock.metadata(block.get()) : ImageMetadata.NONE;
    Optional<SampleForm> form =
        block.isPresent() ? ArchiveBlock.form(block.get(), raster) : Optional.empty();
    return new RestoredFile(
        PngWriter.write(raster, form, metadata), Optional.of(ImageFormat.PNG), false);
  }

  private ContainerReader open(RestoreRequest request) throws CodecException {
    ContainerReader reader =
        ContainerReader.open(
            request.payload(), coders, ContainerLimits.ofPixels(limits.maxPixels()));
    if (reader.imageCount() != 1) {
      throw new CodecException(
          Kind.CORRUPT,
          "the payload holds %d images, where an archive row has one; restore it from another copy"
              .formatted(reader.imageCount()));
    }
    return reader;
  }

  private static RasterImage decode(ContainerReader reader, RestoreRequest request)
      throws CodecException {
    Optional<Sha256> expected = request.pixelSha256();
    if (expected.isPresent() && !expected.get().equals(reader.info(0).pixelSha256())) {
      throw new CodecException(
          Kind.CORRUPT,
          "the payload is of another image than the row says; restore it from another copy");
    }
    return reader.decode(0);
  }

  private static RestoredFile checked(byte[] file, RestoreRequest request) throws CodecException {
    if (!Sha256.of(file).equals(request.fileSha256())) {
      throw new CodecException(
          Kind.CORRUPT, "the restored file does not match its hash; restore it from another copy");
    }
    return new RestoredFile(file, request.sourceFormat(), true);
  }
}
