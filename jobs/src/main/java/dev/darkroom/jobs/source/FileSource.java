package dev.darkroom.jobs.source;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.UserException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Image files on any Hadoop file system. */
final class FileSource implements ImageSource {
  private final String input;
  private final Configuration hadoop;

  FileSource(String input, Configuration hadoop) {
    this.input = input;
    this.hadoop = hadoop;
  }

  @Override
  public SourcePlan plan(SparkSession spark, Archived archived, int chunkImages) {
    List<Candidate> listed = new FileListing(hadoop).list(input);
    if (listed.isEmpty()) {
      throw new UserException(
          "input '" + input + "' holds no file; name a folder, file or glob with images in it");
    }
    if (archived.latest().isEmpty()) {
      return new SourcePlan(listed.size(), 0, 0, chunks(listed, chunkImages));
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
      pending.add(retry ? unknown(candidate) : candidate);
    }
    pending.sort(Comparator.comparing(Candidate::sourcePath));
    long skipped = listed.size() - pending.size() - failed;
    return new SourcePlan(listed.size(), skipped, failed, chunks(pending, chunkImages));
  }

  /** A failed row's hash is no reason to leave the image out. */
  private static Candidate unknown(Candidate candidate) {
    return new Candidate(
        candidate.sourcePath(),
        candidate.relativePath(),
        candidate.size(),
        candidate.modified(),
        Optional.empty(),
        Optional.empty());
  }

  private static Dataset<Row> listing(SparkSession spark, List<Candidate> listed) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Row> rows = listed.stream().map(Candidate::toRow).toList();
    return spark.createDataFrame(context.parallelize(rows), Candidate.SCHEMA).drop("known_sha256");
  }

  private static List<SourceChunk> chunks(List<Candidate> pending, int chunkImages) {
    List<SourceChunk> chunks = new ArrayList<>();
    for (int from = 0; from < pending.size(); from += chunkImages) {
      int to = Math.min(pending.size(), from + chunkImages);
      chunks.add(new FileChunk(List.copyOf(pending.subList(from, to))));
    }
    return chunks;
  }

  /** When a file last changed, as precisely as the file system tells: in milliseconds. */
  static Optional<Timestamp> modified(long epochMillis) {
    return Optional.of(new Timestamp(epochMillis));
  }
}
