package dev.darkroom.jobs.recaption;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.source.SourceChunk;
import dev.darkroom.jobs.table.CaptionTable;
import dev.darkroom.recaption.CaptionStatus;
import java.io.Serializable;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the table has of a chunk's images already. It travels to the tasks.
 *
 * @param images by path
 * @param replaceable whether the table tells of failures, or of what is to be done again, that what
 *     comes in now may replace
 */
record Known(HashMap<String, Image> images, boolean replaceable) implements Serializable {
  /**
   * An image in the table.
   *
   * @param size bytes of its file, when it was captioned
   * @param modifiedMillis when the file last changed, or -1
   * @param hash SHA-256 of the file
   * @param keys questions that are answered
   */
  record Image(long size, long modifiedMillis, String hash, HashSet<String> keys)
      implements Serializable {}

  /** Nothing. */
  static Known nothing() {
    return new Known(new HashMap<>(), false);
  }

  /** Reads the table. What is to be done again is not known. */
  static Known of(
      CaptionTable table, SourceChunk chunk, String modelHash, Set<CaptionStatus> retried) {
    if (!table.isThere()) {
      return nothing();
    }
    Column isReplaceable = CaptionTable.replaceable(retried);
    Column isAnswered =
        col("model_sha256")
            .equalTo(modelHash)
            .and(col("image_sha256").isNotNull())
            .and(not(col("status").isin(retried.stream().map(CaptionStatus::id).toArray())));
    Dataset<Row> told =
        chunk
            .among(table.rows())
            .filter(isReplaceable.or(isAnswered))
            .select(
                col("source_path"),
                col("file_size"),
                col("modification_time"),
                col("image_sha256"),
                col("key"),
                isAnswered,
                isReplaceable);
    HashMap<String, Image> images = new HashMap<>();
    boolean replaceable = false;
    for (Row row : told.collectAsList()) {
      if (row.getBoolean(5)) {
        image(images, row).keys().add(row.getString(4));
      }
      replaceable |= row.getBoolean(6);
    }
    return new Known(images, replaceable);
  }

  private static Image image(Map<String, Image> images, Row row) {
    Timestamp modified = row.getTimestamp(2);
    return images.computeIfAbsent(
        row.getString(0),
        path ->
            new Image(
                row.isNullAt(1) ? -1 : row.getLong(1),
                modified == null ? -1 : modified.getTime(),
                row.getString(3),
                new HashSet<>()));
  }

  /** The hash of a file that has not changed since it was captioned, by its size and time. */
  Optional<String> unchangedHash(Candidate candidate) {
    return Optional.ofNullable(images.get(candidate.sourcePath()))
        .filter(image -> candidate.content().isEmpty() && candidate.modified().isPresent())
        .filter(image -> image.size() == candidate.size())
        .filter(image -> image.modifiedMillis() == candidate.modified().get().getTime())
        .map(Image::hash);
  }

  /** Whether a question about an image is answered. */
  boolean isAnswered(Candidate candidate, String key) {
    return Optional.ofNullable(images.get(candidate.sourcePath()))
        .map(image -> image.keys().contains(key))
        .orElse(false);
  }
}
