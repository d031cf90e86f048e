package dev.darkroom.jobs.table;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.archive.ArchiveCodec;
import dev.darkroom.compression.archive.FileRestorer;
import dev.darkroom.compression.archive.RestoreRequest;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.ImageFormat;
import java.time.Duration;
import java.util.Arrays;
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
  private static final FileRestorer RESTORER =
      new FileRestorer(new DecodeLimits(1L << 29, Integer.MAX_VALUE - 16, Duration.ofMinutes(10)));

  /** Reads a row with a payload. */
  public static ArchivedImage of(Row row) {
    return new ArchivedImage(
        row.getAs(ArchiveColumn.SOURCE_PATH.id()),
        row.getAs(ArchiveColumn.RELATIVE_PATH.id()),
        row);
  }

  /**
   * Decodes the image and compares it with the row's hashes.
   *
   * @return the file: a PNG for coded pixels, else the original's bytes
   * @throws DamagedException where it can't be decoded, or is not what the row says
   */
  public byte[] restore() throws DamagedException {
    return guarded(request -> RESTORER.restore(request).bytes());
  }

  /**
   * Decodes the image and compares it with the row's hashes, without making a file of it.
   *
   * @throws DamagedException where it can't be decoded, or is not what the row says
   */
  public void verify() throws DamagedException {
    guarded(
        request -> {
          RESTORER.verify(request);
          return request;
        });
  }

  private <T> T guarded(Reading<T> reading) throws DamagedException {
    try {
      return reading.read(request());
    } catch (CodecException e) {
      throw new DamagedException(e.kind().name(), e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new DamagedException(
          "OUT_OF_MEMORY", "decoding needs more memory than there is; raise the heap", e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new DamagedException("INTERNAL", "decoding failed: " + e + "; please report it", e);
    }
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
          "DAMAGED_ROW",
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
    T read(RestoreRequest request) throws CodecException;
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
