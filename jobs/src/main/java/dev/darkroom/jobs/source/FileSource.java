package dev.darkroom.jobs.source;

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

/** Files of this machine, or of any Hadoop file system. */
final class FileSource implements ImageSource {
  /** The first second of the year 10000. */
  private static final long LATEST_SECOND = 253_402_300_800L;

  private final String input;
  private final Configuration hadoop;
  private final Slice slice;
  private final Reading reading;
  private final boolean guessed;

  /**
   * Files.
   *
   * @param guessed whether nobody said that the input is to be read as files
   */
  FileSource(String input, Configuration hadoop, Slice slice, Reading reading, boolean guessed) {
    this.input = input;
    this.hadoop = hadoop;
    this.slice = slice;
    this.reading = reading;
    this.guessed = guessed;
  }

  @Override
  public SourcePlan plan(SparkSession spark, Archived archived, Chunking chunking) {
    List<Candidate> all = new FileListing(hadoop, reading == Reading.MEMBERS).list(input);
    if (all.isEmpty()) {
      throw new UserException(
          "input '" + input + "' holds no file; name a folder, file or glob with images in it");
    }
    SourcePlan plan = plan(spark, archived, chunking, cut(spark, all));
    long tars = all.stream().filter(file -> TarShard.isName(file.relativePath())).count();
    return guessed && reading == Reading.MEMBERS && tars > 0
        ? plan.withWarning(
            "%d of the %d files of input '%s' are tars, and are taken as files, since others lie beside them; --input-format webdataset takes what is in the tars, and the others"
                .formatted(tars, all.size(), input))
        : plan;
  }

  /** Plans files that have been listed. */
  static SourcePlan plan(
      SparkSession spark, Archived archived, Chunking chunking, List<Candidate> listed) {
    if (archived.latest().isEmpty()) {
      return new SourcePlan(listed.size(), 0, 0, 0, 0, chunks(listed, chunking));
    }
    Dataset<Row> judged =
        archived
            .annotate(listing(spark, listed))
            .withColumn("is_done", archived.done(archived.unchanged()))
            .withColumn("is_known", archived.isArchived())
            .withColumn("is_failed", archived.failedBefore(archived.unchanged()))
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
                "is_known",
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
      // The hash of a row that failed, or that has too little, is no reason to leave it out.
      pending.add(row.<Boolean>getAs("is_known") ? candidate : candidate.unknown());
    }
    pending.sort(Comparator.comparing(Candidate::sourcePath));
    long skipped = listed.size() - pending.size() - failed;
    return new SourcePlan(listed.size(), skipped, failed, 0, 0, chunks(pending, chunking));
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
    List<Candidate> files = new ArrayList<>();
    long bytes = 0;
    for (Candidate file : pending) {
      long more = Math.max(0, file.size());
      if (!files.isEmpty()
          && (files.size() == chunking.images() || bytes + more > chunking.bytes())) {
        chunks.add(new FileChunk(List.copyOf(files), chunking));
        files.clear();
        bytes = 0;
      }
      files.add(file);
      bytes += more;
    }
    if (!files.isEmpty()) {
      chunks.add(new FileChunk(List.copyOf(files), chunking));
    }
    return chunks;
  }

  /**
   * When a file last changed, as precisely as file systems tell: in milliseconds. A time after the
   * year 9999, which tables can't hold, is none.
   */
  static Optional<Timestamp> modified(long epochMillis) {
    return Math.abs(epochMillis / 1000) < LATEST_SECOND
        ? Optional.of(new Timestamp(epochMillis))
        : Optional.empty();
  }
}
