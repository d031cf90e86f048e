package dev.darkroom.jobs.curation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import dev.darkroom.jobs.curation.figures.Sample.Picture;
import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.source.CandidateReader;
import dev.darkroom.jobs.source.CandidateReader.ProblemException;
import dev.darkroom.jobs.table.ArchivedImage;
import dev.darkroom.jobs.table.ArchivedImage.DamagedException;
import dev.darkroom.jobs.table.GeneratedPicture;
import dev.darkroom.jobs.table.GeneratedTable;
import dev.darkroom.recaption.image.ImageException;
import dev.darkroom.recaption.image.ImageLimits;
import dev.darkroom.recaption.image.RgbDecoder;
import java.io.Serializable;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Makes small pictures of the images of some rows, on executors: from the row's bytes, from the
 * payload of an archive, or from where its path leads. An image that can't be had is told of and
 * shown as such.
 */
final class Thumbnails implements FlatMapFunction<Iterator<Row>, Thumbnails.Shown> {
  private static final long serialVersionUID = 1L;
  private static final long MAX_PIXELS = 1L << 27;

  private final InputKind kind;
  private final long maxBytes;
  private final Broadcast<SerializableConfiguration> hadoop;

  private Thumbnails(InputKind kind, long maxBytes, Broadcast<SerializableConfiguration> hadoop) {
    this.kind = kind;
    this.maxBytes = maxBytes;
    this.hadoop = hadoop;
  }

  /**
   * What is shown of a row's image.
   *
   * @param key the row's key
   * @param name what the image is called
   * @param picture the picture
   */
  record Shown(String key, String name, Picture picture) implements Serializable {}

  /**
   * Makes the pictures of rows with the given keys.
   *
   * @param input an input with images
   */
  static Map<String, Shown> of(
      SparkSession spark, ReportInput input, Collection<String> keys, long maxBytes) {
    return of(spark, input, SamplePicker.key(input), keys, maxBytes);
  }

  /**
   * Makes the pictures of images that an archive has under the given paths.
   *
   * @param archive an archive of {@code darkroom compress}
   * @return by path; a path that the archive doesn't have is missing
   */
  static Map<String, Shown> ofPaths(
      SparkSession spark, ReportInput archive, Collection<String> paths, long maxBytes) {
    return of(spark, archive, col("source_path"), paths, maxBytes);
  }

  private static Map<String, Shown> of(
      SparkSession spark, ReportInput input, Column key, Collection<String> keys, long maxBytes) {
    Dataset<Row> rows =
        input.rows().withColumn("sample_key", key).filter(col("sample_key").isin(keys.toArray()));
    Broadcast<SerializableConfiguration> hadoop =
        new JavaSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    Map<String, Shown> shown = new TreeMap<>();
    one(input, rows)
        .javaRDD()
        .mapPartitions(new Thumbnails(input.kind(), maxBytes, hadoop))
        .collect()
        .forEach(each -> shown.putIfAbsent(each.key(), each));
    return shown;
  }

  /** Rows of any table may be the same in all that is shown of them but the image. */
  private static Dataset<Row> one(ReportInput input, Dataset<Row> rows) {
    if (input.kind() == InputKind.CAPTIONS || input.kind() == InputKind.GENERATED) {
      return rows;
    }
    if (input.kind() == InputKind.ARCHIVE) {
      // A file that has changed is there twice; the first that is shown must always be the same.
      return rows.orderBy("sample_key", "file_sha256");
    }
    ImageColumns images = input.images().orElseThrow();
    return rows.groupBy("sample_key")
        .agg(
            min(images.path().map(path -> col(path)).orElse(lit(null)).cast("string")).as("path"),
            min(images.bytes().map(bytes -> col(bytes)).orElse(lit(null)).cast("binary"))
                .as("bytes"));
  }

  @Override
  public Iterator<Shown> call(Iterator<Row> rows) {
    CandidateReader reader = new CandidateReader(hadoop.value().value(), maxBytes);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
        .map(row -> show(row, reader))
        .iterator();
  }

  private Shown show(Row row, CandidateReader reader) {
    String key = row.getAs("sample_key");
    return switch (kind) {
      case CAPTIONS ->
          new Shown(
              key,
              row.getAs("relative_path"),
              picture(() -> reader.read(candidate(row.getAs("source_path"), Optional.empty()))));
      case ARCHIVE ->
          new Shown(
              key,
              row.getAs("relative_path"),
              row.getAs("payload") == null
                  ? missing("the archive has no payload for it")
                  : picture(() -> ArchivedImage.of(row).restore()));
      case GENERATED ->
          new Shown(
              key,
              "seed " + row.<Long>getAs("seed"),
              row.<String>getAs("status").equals(GeneratedTable.FAILED)
                  ? missing(row.getAs("error_message"))
                  : picture(() -> GeneratedPicture.file(row)));
      case TEXTS -> {
        String path = row.getAs("path");
        Optional<byte[]> bytes = Optional.ofNullable(row.<byte[]>getAs("bytes"));
        String name = path == null ? "" : path;
        yield new Shown(
            key,
            name,
            path == null && bytes.isEmpty()
                ? missing("the row has neither path nor bytes")
                : picture(() -> reader.read(candidate(name, bytes))));
      }
    };
  }

  private static Candidate candidate(String path, Optional<byte[]> content) {
    return new Candidate(
        path,
        path,
        -1,
        Optional.empty(),
        Optional.empty(),
        content,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private interface Bytes {
    byte[] read() throws ProblemException, DamagedException;
  }

  private Picture picture(Bytes bytes) {
    try {
      return SmallPicture.of(
          new RgbDecoder(new ImageLimits(maxBytes, MAX_PIXELS)).decode(bytes.read()));
    } catch (ProblemException | DamagedException | ImageException e) {
      return missing(e.getMessage());
    }
  }

  private static Picture missing(String why) {
    return new Picture("", 0, 0, why);
  }
}
