package dev.darkroom.jobs.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.darkroom.jobs.UserException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Image files on any Hadoop file system. */
final class FileSource implements ImageSource {
  private final String input;
  private final Configuration hadoop;
  private final Slice slice;

  FileSource(String input, Configuration hadoop, Slice slice) {
    this.input = input;
    this.hadoop = hadoop;
    this.slice = slice;
  }

  @Override
  public SourcePlan plan(SparkSession spark, Archived archived, Chunking chunking) {
    List<Candidate> all = new FileListing(hadoop).list(input);
    if (all.isEmpty()) {
      throw new UserException(
          "input '" + input + "' holds no file; name a folder, file or glob with images in it");
    }
    List<Candidate> listed = cut(spark, all);
    if (archived.latest().isEmpty()) {
      return new SourcePlan(listed.size(), 0, 0, chunks(listed, chunking));
    }
    Column unchanged =
        col("file_size")
            .eqNullSafe(col("known_size"))
            .and(col("modification_time").eqNullSafe(col("known_time")));
    Dataset<Row> judged =
        archived
            .annotate(listing(spark, listed))
            .withColumn("is_done", archived.done(unchanged))
            .withColumn("is_failed", archived.failedBefore(unchanged))
            .select(
                "source_path",
                "relative_path",
                "file_size",
                "modification_time",
                "known_sha256",
                "content",
                "raw_caption",
                "container",
                "member",
                "position",
                "problem_type",
                "problem_message",
                "known_failed",
                "is_done",
                "is_failed");
    List<Candidate> pending = new ArrayList<>();
    long failed = 0;
    for (Row row : judged.filter("not is_done").collectAsList()) {
      if (row.<Boolean>getAs("is_failed")) {
        failed++;
        continue;
      }
      Candidate candidate = Candidate.of(row);
      boolean retry = Boolean.TRUE.equals(row.<Boolean>getAs("known_failed"));
      // A failed row's hash is no reason to leave the image out.
      pending.add(retry ? candidate.unknown() : candidate);
    }
    pending.sort(Comparator.comparing(Candidate::sourcePath));
    long skipped = listed.size() - pending.size() - failed;
    return new SourcePlan(listed.size(), skipped, failed, chunks(pending, chunking));
  }

  private static Dataset<Row> listing(SparkSession spark, List<Candidate> listed) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Row> rows = listed.stream().map(Candidate::toRow).toList();
    return spark.createDataFrame(context.parallelize(rows), Candidate.SCHEMA).drop("known_sha256");
  }

  private List<Candidate> cut(SparkSession spark, List<Candidate> all) {
    List<Candidate> wanted = all;
    if (slice.where().isPresent()) {
      wanted =
          new ArrayList<>(
              Where.filter(listing(spark, all), slice.where().get())
                  .withColumn("known_sha256", lit(null).cast("string"))
                  .select(
                      Arrays.stream(Candidate.SCHEMA.fieldNames())
                          .map(functions::col)
                          .toArray(Column[]::new))
                  .collectAsList()
                  .stream()
                  .map(Candidate::of)
                  .sorted(Comparator.comparing(Candidate::sourcePath))
                  .toList());
    }
    return wanted.subList(0, (int) Math.min(wanted.size(), slice.limit().orElse(wanted.size())));
  }

  private static List<SourceChunk> chunks(List<Candidate> pending, Chunking chunking) {
    List<SourceChunk> chunks = new ArrayList<>();
    for (int from = 0; from < pending.size(); from += chunking.images()) {
      int to = Math.min(pending.size(), from + chunking.images());
      chunks.add(new FileChunk(List.copyOf(pending.subList(from, to)), chunking));
    }
    return chunks;
  }

  /** When a file last changed, as precisely as the file system tells: in milliseconds. */
  static Optional<Timestamp> modified(long epochMillis) {
    return Optional.of(new Timestamp(epochMillis));
  }
}
