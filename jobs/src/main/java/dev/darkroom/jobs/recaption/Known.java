package dev.darkroom.jobs.recaption;

import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.source.SourceChunk;
import dev.darkroom.jobs.table.CaptionTable;
import dev.darkroom.recaption.CaptionStatus;
import java.io.Serializable;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the table has of a chunk's images already. It travels to the tasks.
 *
 * @param images by path
 */
record Known(HashMap<String, Image> images) implements Serializable {
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
    return new Known(new HashMap<>());
  }

  /** Reads the table, but for what is to be done again. */
  static Known of(
      CaptionTable table, SourceChunk chunk, String modelHash, Set<CaptionStatus> retried) {
    Dataset<Row> rows = table.rows();
    Object[] again = retried.stream().map(CaptionStatus::id).toArray();
    Dataset<Row> answered =
        chunk
            .among(rows)
            .filter(rows.col("model_sha256").equalTo(modelHash))
            .filter(rows.col("image_sha256").isNotNull())
            .filter(org.apache.spark.sql.functions.not(rows.col("status").isin(again)))
            .select("source_path", "file_size", "modification_time", "image_sha256", "key");
    HashMap<String, Image> images = new HashMap<>();
    for (Row row : answered.collectAsList()) {
      Timestamp modified = row.getTimestamp(2);
      images
          .computeIfAbsent(
              row.getString(0),
              path ->
                  new Image(
                      row.isNullAt(1) ? -1 : row.getLong(1),
                      modified == null ? -1 : modified.getTime(),
                      row.getString(3),
                      new HashSet<>()))
          .keys()
          .add(row.getString(4));
    }
    return new Known(images);
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
