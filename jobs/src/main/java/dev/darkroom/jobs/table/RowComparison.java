package dev.darkroom.jobs.table;

import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.archive.ArchiveCodec;
import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.compression.archive.ImageProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Collects where a row says other than what its payload was found to hold. */
final class RowComparison {
  private final Row row;
  private final List<String> differences = new ArrayList<>();

  RowComparison(Row row) {
    this.row = row;
  }

  /** Whether the row says that it was coded. */
  boolean coded() {
    return ArchiveStatus.OK.id().equals(row.getAs(ArchiveColumn.STATUS.id()));
  }

  /** Compares status, codec and size of the payload. */
  RowComparison payload(ArchiveCodec codec, long size) {
    String status = codec == ArchiveCodec.IFLOW ? ArchiveStatus.OK.id() : ArchiveStatus.STORED.id();
    return same(ArchiveColumn.STATUS, status).same(ArchiveColumn.PAYLOAD_SIZE, size);
  }

  /**
   * Compares what is given back: a stored file is always the file; a coded one is what the row
   * promises.
   *
   * @param size bytes of the file
   */
  RowComparison original(long size) {
    if (coded()) {
      same(ArchiveColumn.FIDELITY, Fidelity.FILE.id());
    }
    return same(ArchiveColumn.FILE_SIZE, size);
  }

  /** Compares what is given back where that is the pixels alone. */
  RowComparison pixelsAlone() {
    return same(ArchiveColumn.FIDELITY, Fidelity.PIXELS.id());
  }

  /** Compares width, height, channels and bit depth. */
  RowComparison shape(ImageProperties image) {
    return same(ArchiveColumn.WIDTH, image.shape().width())
        .same(ArchiveColumn.HEIGHT, image.shape().height())
        .same(ArchiveColumn.CHANNELS, image.shape().channels())
        .same(ArchiveColumn.BIT_DEPTH, image.shape().bitDepth());
  }

  /** Compares the hash of the pixels; none where the file has no exact ones. */
  RowComparison pixels(Optional<Sha256> hash) {
    return same(ArchiveColumn.PIXEL_SHA256, hash.map(Sha256::toHex).orElse(null));
  }

  /** What differs, in words; empty where nothing does. */
  Optional<String> differences() {
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the row says other than its payload: "
                + String.join(", ", differences)
                + "; restore the row from another copy, or compress the image again");
  }

  private RowComparison same(ArchiveColumn column, Object found) {
    Object said = row.getAs(column.id());
    if (!Objects.equals(said, found)) {
      differences.add("%s is %s, not %s".formatted(column.id(), found, said));
    }
    return this;
  }
}
