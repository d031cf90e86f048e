package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodingInterruptedException;
import dev.darkroom.compression.InstalledCoders;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.ContainerFormat;
import dev.darkroom.compression.container.ContainerLimits;
import dev.darkroom.compression.container.ContainerReader;
import dev.darkroom.compression.container.ContainerWriter;
import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.ImageFileDecoder;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.Leftovers;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes archive rows of files. Immutable and thread-safe.
 *
 * <p>A file is decoded and its pixels coded into a container, which is decoded at once and
 * compared; only then does it count as coded. A file whose format loses something (JPEG, lossy
 * WebP), which is not one raster (an animation, several pages), or which would not shrink is stored
 * as its own bytes, under zstd where that helps. So no payload is larger than its file.
 *
 * <p>What was archived is the file: one that no decoder here opens, that is over the limits, or
 * that is no image at all is stored too, with the reason as a warning. {@link #archive} never
 * throws for one. Only who can't read a file's bytes makes a row of status {@code FAILED}.
 */
public final class FileArchiver {
  /** How many bytes of a file zstd must save to be worth another step in restoring: 1 in 64. */
  private static final int ZSTD_LEAST_SAVING = 64;

  /** With which faults a file may still be rebuilt from the samples in it. */
  private static final Set<ErrorType> SALVAGED =
      EnumSet.of(
          ErrorType.CORRUPT, ErrorType.TRUNCATED, ErrorType.UNSUPPORTED, ErrorType.NOT_ONE_RASTER);

  private final Profile profile;
  private final Fidelity fidelity;
  private final DecodeLimits limits;
  private final StreamCoders encoders;
  private final ImageFileDecoder decoder;
  private final FileRestorer restorer;

  /** An archiver with the coders of this release. */
  public FileArchiver(Profile profile, Fidelity fidelity, DecodeLimits limits) {
    this(profile, fidelity, limits, InstalledCoders.all(), InstalledCoders.all());
  }

  /**
   * An archiver with other coders.
   *
   * @param profile the profile that codes
   * @param fidelity what restoring gives back
   * @param limits what to decode
   * @param encoders the coders that encode
   * @param decoders the coders that check what was encoded
   */
  public FileArchiver(
      Profile profile,
      Fidelity fidelity,
      DecodeLimits limits,
      StreamCoders encoders,
      StreamCoders decoders) {
    this.profile = Objects.requireNonNull(profile, "profile");
    this.fidelity = Objects.requireNonNull(fidelity, "fidelity");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.encoders = Objects.requireNonNull(encoders, "encoders");
    decoder = new ImageFileDecoder(limits);
    restorer = new FileRestorer(limits, decoders);
  }

  /**
   * Archives one file.
   *
   * @param file its bytes, whatever they are
   * @return its row
   */
  public ArchivedFile archive(byte[] file) {
    return new Attempt(file).run();
  }

  /**
   * Keeps one file as its bytes, without looking at what is in it.
   *
   * @param file its bytes, whatever they are
   * @param why why it is not coded
   * @return its row
   */
  public ArchivedFile keep(byte[] file, ArchiveFailure why) {
    return new Attempt(file).stored(Optional.of(why));
  }

  /** One file on its way into a row. */
  private final class Attempt {
    private final byte[] file;
    private final Sha256 fileSha256;
    private final Optional<ImageFormat> format;
    private final long start = System.nanoTime();
    private Optional<ImageProperties> image = Optional.empty();
    private Optional<ArchiveFailure> warning = Optional.empty();
    private Optional<byte[]> zstd = Optional.empty();
    private List<String> leftBehind = List.of();
    private long encodeNanos;
    private long verifyNanos;

    Attempt(byte[] file) {
      this.file = file;
      fileSha256 = Sha256.of(file);
      format = ImageFormat.sniff(file);
    }

    ArchivedFile run() {
      try {
        image = ImageProperties.ofLossy(file);
        Optional<DecodedImage> decoded = decoded();
        return decoded.isEmpty() || decoded.get().lossySource()
            ? stored(warning)
            : coded(decoded.get());
      } catch (CodecException e) {
        return stored(
            Optional.of(
                new ArchiveFailure(
                    ArchiveFailure.VERIFICATION,
                    "stored, because the coded image did not decode: " + e.getMessage())));
      } catch (CodingInterruptedException e) {
        return stored(Optional.of(new ArchiveFailure(ErrorType.TIMEOUT.name(), e.getMessage())));
      } catch (OutOfMemoryError e) {
        return stored(
            Optional.of(
                new ArchiveFailure(
                    ErrorType.OUT_OF_MEMORY.name(),
                    "stored, because coding needs more memory than there is; raise the heap to code"
                        + " the image")));
      } catch (RuntimeException | StackOverflowError e) {
        return stored(
            Optional.of(
                new ArchiveFailure(
                    ArchiveFailure.ENCODING,
                    "stored, because coding failed: " + e + "; please report it")));
      }
    }

    /** The image, or as much as can be read of one that is damaged; what is wrong is a warning. */
    private Optional<DecodedImage> decoded() {
      try {
        DecodedImage decoded = decoder.decode(file);
        if (!decoded.lossySource()) {
          image = Optional.of(ImageProperties.of(decoded.raster()));
        }
        return Optional.of(decoded);
      } catch (ImageDecodeException e) {
        if (e.type() != ErrorType.NOT_ONE_RASTER) {
          warning = Optional.of(new ArchiveFailure(e.type().name(), e.getMessage()));
        }
        return fidelity == Fidelity.FILE && SALVAGED.contains(e.type())
            ? decoder.salvage(file)
            : Optional.empty();
      }
    }

    private ArchivedFile coded(DecodedImage decoded) throws CodecException {
      Optional<byte[]> block = Optional.empty();
      if (fidelity == Fidelity.PIXELS) {
        block = ArchiveBlock.of(decoded.raster(), decoded.form(), decoded.metadata());
      } else {
        Optional<WritableRecipe> recipe = FileRecipes.of(file, decoded.format(), decoded.raster());
        if (recipe.isEmpty()) {
          return stored(warning);
        }
        block = Optional.of(ArchiveBlock.of(recipe.get()));
        if (block.get().length >= file.length) {
          return stored(warning);
        }
      }
      byte[] container = write(decoded, block);
      encodeNanos = System.nanoTime() - start;
      if (container.length >= (decoded.format() == ImageFormat.PNG ? file : zstd()).length) {
        return stored(warning);
      }
      ArchivedPayload payload = payloadOf(container);
      if (fidelity == Fidelity.PIXELS) {
        leftBehind = Leftovers.of(file, decoded.format(), decoded.metadata());
      }
      image = Optional.of(ImageProperties.of(decoded.raster()));
      ArchivedFile row = row(ArchiveStatus.OK, Optional.of(payload), warning);
      long verifyStart = System.nanoTime();
      restorer.verify(RestoreRequest.of(row));
      verifyNanos = System.nanoTime() - verifyStart;
      return row(ArchiveStatus.OK, Optional.of(payload), warning);
    }

    /**
     * The container. Indices and shallow grey are no picture that a model has learnt to expect, so
     * the plain coder, which learns as it goes, may do better.
     */
    private byte[] write(DecodedImage decoded, Optional<byte[]> block) {
      byte[] container = write(decoded.raster(), block, encoders);
      if (decoded.form().isEmpty()) {
        return container;
      }
      byte[] plain = write(decoded.raster(), block, StreamCoders.of(List.of(encoders.plain())));
      return plain.length < container.length ? plain : container;
    }

    private byte[] write(RasterImage raster, Optional<byte[]> block, StreamCoders coders) {
      ContainerWriter writer = new ContainerWriter(profile, coders);
      block.ifPresentOrElse(bytes -> writer.add(raster, bytes), () -> writer.add(raster));
      return writer.toBytes();
    }

    private ArchivedPayload payloadOf(byte[] container) throws CodecException {
      ContainerReader reader =
          ContainerReader.open(container, encoders, ContainerLimits.ofPixels(limits.maxPixels()));
      return new ArchivedPayload(
          ArchiveCodec.IFLOW,
          container,
          OptionalInt.of(ContainerFormat.VERSION),
          reader.info(0).modelSha256());
    }

    private ArchivedFile stored(Optional<ArchiveFailure> reason) {
      leftBehind = List.of();
      ArchivedPayload payload = pack();
      encodeNanos = System.nanoTime() - start;
      ArchivedFile row = row(ArchiveStatus.STORED, Optional.of(payload), reason);
      long verifyStart = System.nanoTime();
      try {
        restorer.verify(RestoreRequest.of(row));
      } catch (CodecException | OutOfMemoryError e) {
        payload = ArchivedPayload.ofFile(ArchiveCodec.STORED, file);
      }
      verifyNanos = System.nanoTime() - verifyStart;
      return row(ArchiveStatus.STORED, Optional.of(payload), reason);
    }

    private ArchivedPayload pack() {
      try {
        byte[] packed = zstd();
        if (packed.length < file.length - file.length / ZSTD_LEAST_SAVING) {
          return ArchivedPayload.ofFile(ArchiveCodec.ZSTD, packed);
        }
      } catch (OutOfMemoryError e) {
        // no room for a second copy: the one there is will do
        return ArchivedPayload.ofFile(ArchiveCodec.STORED, file);
      }
      return ArchivedPayload.ofFile(ArchiveCodec.STORED, file);
    }

    /** The file under zstd, which costs less time than any coding. */
    private byte[] zstd() {
      if (zstd.isEmpty()) {
        zstd = Optional.of(ZstdFrame.compress(file));
      }
      return zstd.get();
    }

    private ArchivedFile row(
        ArchiveStatus status, Optional<ArchivedPayload> payload, Optional<ArchiveFailure> failure) {
      return new ArchivedFile(
          file.length,
          fileSha256,
          status,
          profile,
          fidelity,
          format,
          image,
          payload,
          encodeNanos,
          verifyNanos,
          failure,
          leftBehind);
    }
  }
}
