package dev.darkroom.jobs.table;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.archive.ArchiveCodec;
import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.compression.archive.FileRestorer;
import dev.darkroom.compression.archive.ImageProperties;
import dev.darkroom.compression.archive.RestoreRequest;
import dev.darkroom.compression.archive.RestoredFile;
import dev.darkroom.compression.archive.VerifiedPayload;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageFileDecoder;
import dev.darkroom.compression.image.ImageFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * An image as a row of an archive holds it.
 *
 * @param sourcePath where it came from
 * @param relativePath its path below the input's root
 * @param row the row, with all columns of {@link ArchiveColumn}
 */
public record ArchivedImage(String sourcePath, String relativePath, Row row) {
  /** What was let in when it was archived comes out again, so these are as wide as can be. */
  private static final DecodeLimits LIMITS =
      new DecodeLimits(1L << 29, Integer.MAX_VALUE - 16, Duration.ofMinutes(10));

  private static final FileRestorer RESTORER = new FileRestorer(LIMITS);
  private static final ImageFileDecoder DECODER = new ImageFileDecoder(LIMITS);
  private static final String DAMAGED_ROW = "DAMAGED_ROW";

  /** Reads a row with a payload. */
  public static ArchivedImage of(Row row) {
    return new ArchivedImage(
        row.getAs(ArchiveColumn.SOURCE_PATH.id()),
        row.getAs(ArchiveColumn.RELATIVE_PATH.id()),
        row);
  }

  /** What a row was found to give back. */
  public enum Kind {
    /** The source file, byte for byte. */
    FILE,
    /** The pixels alone, as a PNG file. */
    PIXELS,
    /** Nothing: the file could not be archived. */
    NOTHING;

    /** The column in which a verification says what came back; null in it if damaged. */
    public static final String COLUMN = "verified_as";

    /** The value in that column. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Decodes the image and compares it with the row.
   *
   * @return the file: a PNG for coded pixels, else the original's bytes
   * @throws DamagedException where it can't be decoded, or is not what the row says
   */
  public byte[] restore() throws DamagedException {
    RestoreRequest request = request();
    RestoredFile file = guarded(() -> RESTORER.restore(request));
    RowComparison comparison =
        new RowComparison(row).payload(request.codec(), request.payload().length);
    refuse(file.original() ? comparison.original(file.bytes().length) : comparison.pixelsAlone());
    return file.bytes();
  }

  /**
   * Decodes the image and compares it with all that the row says of it, without making a file of
   * it: sizes, hashes, shape, status, fidelity.
   *
   * @return what the row gives back
   * @throws DamagedException where it can't be decoded, or is not what the row says
   */
  public Kind verify() throws DamagedException {
    if (text(ArchiveColumn.STATUS).equals(Optional.of(ArchiveStatus.FAILED.id()))
        && row.getAs(ArchiveColumn.PAYLOAD.id()) == null) {
      return Kind.NOTHING;
    }
    RestoreRequest request = request();
    VerifiedPayload found = guarded(() -> RESTORER.verify(request));
    RowComparison comparison =
        new RowComparison(row).payload(request.codec(), request.payload().length);
    if (found.original()) {
      comparison.original(found.fileSize().getAsLong());
    } else {
      comparison.pixelsAlone();
    }
    if (found.image().isPresent()) {
      comparison.shape(found.image().get()).pixels(found.image().get().pixelSha256());
    } else if (text(ArchiveColumn.PIXEL_SHA256).isPresent()
        || row.getAs(ArchiveColumn.WIDTH.id()) != null) {
      compareStored(request, comparison);
    }
    refuse(comparison);
    return found.original() ? Kind.FILE : Kind.PIXELS;
  }

  /**
   * Compares a stored file's image with the row. Rows of releases that did not number versions may
   * have hashes of other decoders, which are not held against them; the file is whole all the same.
   */
  private void compareStored(RestoreRequest request, RowComparison comparison)
      throws DamagedException {
    boolean otherDecoder = row.getAs(ArchiveColumn.VERSION.id()) == null;
    byte[] file = guarded(() -> RESTORER.restore(request)).bytes();
    try {
      Optional<ImageProperties> lossy = ImageProperties.ofLossy(file);
      ImageProperties image =
          lossy.isPresent() ? lossy.get() : ImageProperties.of(DECODER.decode(file).raster());
      comparison.shape(image);
      if (!otherDecoder) {
        comparison.pixels(image.pixelSha256());
      }
    } catch (ImageDecodeException e) {
      if (!otherDecoder) {
        throw new DamagedException(
            DAMAGED_ROW,
            "the row tells of an image, but its file does not decode: "
                + e.getMessage()
                + "; the file itself is whole",
            e);
      }
    } catch (OutOfMemoryError e) {
      throw outOfMemory(e);
    }
  }

  private static void refuse(RowComparison comparison) throws DamagedException {
    Optional<String> differences = comparison.differences();
    if (differences.isPresent()) {
      throw new DamagedException(DAMAGED_ROW, differences.get(), null);
    }
  }

  private static <T> T guarded(Reading<T> reading) throws DamagedException {
    try {
      return reading.read();
    } catch (CodecException e) {
      throw new DamagedException(e.kind().name(), e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new DamagedException("INTERNAL", "decoding failed: " + e + "; please report it", e);
    }
  }

  private static DamagedException outOfMemory(OutOfMemoryError e) {
    return new DamagedException(
        "OUT_OF_MEMORY", "decoding needs more memory than there is; raise the heap", e);
  }

  private RestoreRequest request() throws DamagedException {
    try {
      return new RestoreRequest(
          text(ArchiveColumn.CODEC).flatMap(ArchiveCodec::fromId).orElseThrow(),
          Optional.ofNullable(row.<byte[]>getAs(ArchiveColumn.PAYLOAD.id())).orElseThrow(),
          text(ArchiveColumn.SOURCE_FORMAT).flatMap(ArchivedImage::format),
          text(ArchiveColumn.FILE_SHA256).map(Sha256::fromHex).orElseThrow(),
          text(ArchiveColumn.PIXEL_SHA256).map(Sha256::fromHex));
    } catch (RuntimeException e) {
      throw new DamagedException(
          DAMAGED_ROW,
          "codec, payload or hash are missing or unreadable in the row; restore it from another"
              + " copy",
          e);
    }
  }

  private static Optional<ImageFormat> format(String id) {
    return Arrays.stream(ImageFormat.values()).filter(format -> format.id().equals(id)).findFirst();
  }

  private Optional<String> text(ArchiveColumn column) {
    return Optional.ofNullable(row.getAs(column.id()));
  }

  private interface Reading<T> {
    T read() throws CodecException;
  }

  /** A payload that does not give the image of its row. */
  public static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String type;

    DamagedException(String type, String message, Throwable cause) {
      super(message, cause);
      this.type = type;
    }

    /** The kind of damage, as summaries count it. */
    public String type() {
      return type;
    }
  }
}
