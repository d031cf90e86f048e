package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Tar files: their samples in the layout of WebDataset, as img2dataset writes them, or all of their
 * members.
 *
 * <p>Members are counted by their headers before they are read, in parallel, and a task reads some
 * members of one tar. What lies beside the tars is then listed as files.
 *
 * <p>For samples a task streams one tar. How many samples a tar has nobody knows before it is read,
 * so they are estimated from the first one; with a limit they are counted, up to the limit. A chunk
 * takes some samples of as many tars as tasks run at once, a quarter of a tar at least: to get
 * there the tar is streamed from its beginning.
 */
final class TarSource implements ImageSource {
  private static final int MOST_SLICES = 4;

  /** A packed tar is unpacked half as many times in all, beside the time for its headers. */
  private static final int MOST_CHUNKS_OF_PACKED = 8;

  private final String input;
  private final Configuration hadoop;
  private final Slice slice;
  private final long maxBytes;
  private final Reading reading;

  TarSource(String input, Configuration hadoop, Slice slice, long maxBytes, Reading reading) {
    this.input = input;
    this.hadoop = hadoop;
    this.slice = slice;
    this.maxBytes = maxBytes;
    this.reading = reading;
  }

  /** A tar, and about how many samples are wanted of it. */
  private record Measured(TarShard shard, long samples) {}

  @Override
  public SourcePlan plan(SparkSession spark, Archived archived, Chunking chunking) {
    boolean everything = reading == Reading.MEMBERS;
    List<Candidate> all = new FileListing(hadoop, everything).list(input);
    List<Candidate> files = all.stream().filter(TarSource::isTar).toList();
    if (files.isEmpty()) {
      throw new UserException(
          "input '%s' holds no tar file; name a folder, file or glob of .tar, .tar.gz or .tgz"
              .formatted(input));
    }
    if (slice.where().isPresent()) {
      Where.filter(spark.createDataFrame(List.of(), Candidate.SCHEMA), slice.where().get());
      if (slice.limit().isPresent()) {
        throw new UserException(
            "--where and --limit can't both cut tar files, whose samples are counted before they"
                + " are read; leave one out");
      }
    }
    Broadcast<SerializableConfiguration> settings =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(hadoop));
    if (everything) {
      List<Candidate> others = all.stream().filter(file -> !isTar(file)).toList();
      return members(spark, files, settings, archived, chunking)
          .and(FileSource.plan(spark, archived, chunking, others));
    }
    List<Measured> shards =
        slice.limit().isPresent()
            ? counted(spark, files, settings, slice.limit().getAsLong())
            : estimated(spark, files, settings);
    List<SourceChunk> chunks = new ArrayList<>();
    int atOnce = chunking.leastTasks(JavaSparkContext.fromSparkContext(spark.sparkContext()));
    for (int from = 0; from < shards.size(); from += atOnce) {
      int to = Math.min(shards.size(), from + atOnce);
      chunks.addAll(chunks(shards.subList(from, to), chunking.images(), settings, archived));
    }
    return new SourcePlan(shards.stream().mapToLong(Measured::samples).sum(), 0, 0, 0, 0, chunks);
  }

  private static boolean isTar(Candidate file) {
    return TarShard.isName(file.relativePath()) && file.problem().isEmpty();
  }

  /** All members, counted by their headers, in chunks by number and bytes. */
  private SourcePlan members(
      SparkSession spark,
      List<Candidate> files,
      Broadcast<SerializableConfiguration> settings,
      Archived archived,
      Chunking chunking) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int tasks = chunking.leastTasks(context);
    int images = chunking.images();
    long bytes = chunking.bytes();
    int packedTars = (int) files.stream().map(TarShard::of).filter(TarShard::isPacked).count();
    int tasksOfPacked = Math.max(1, context.defaultParallelism() / Math.max(1, packedTars));
    List<TarSurvey> surveys =
        context
            .parallelize(files.stream().map(TarShard::of).toList(), files.size())
            .map(
                shard -> {
                  InputFiles inputs = new InputFiles(settings.value().value());
                  return shard.isPacked()
                      ? packed(shard, inputs, images, bytes, tasksOfPacked)
                      : TarSurvey.of(
                          shard, inputs, (images + tasks - 1) / tasks, Math.max(1, bytes / tasks));
                })
            .collect();
    List<TarSurvey.Piece> pieces = limited(surveys);
    List<SourceChunk> chunks = new ArrayList<>();
    List<TarSurvey.Piece> open = new ArrayList<>();
    for (TarSurvey.Piece piece : pieces) {
      if (!open.isEmpty()
          && !piece.continued()
          && (rows(open) + piece.rows() > images || bytes(open) + piece.bytes() > bytes)) {
        chunks.add(chunk(open, settings, archived));
        open.clear();
      }
      open.add(piece);
    }
    if (!open.isEmpty()) {
      chunks.add(chunk(open, settings, archived));
    }
    long withoutContent = surveys.stream().mapToLong(TarSurvey::withoutContent).sum();
    return new SourcePlan(rows(pieces), 0, 0, 0, withoutContent, chunks);
  }

  /**
   * A packed tar is unpacked from its beginning for each of its pieces, up to the piece. So a chunk
   * of it has no more pieces than there are cores for it, which then unpack at the same time and
   * wait for no other; and it has few chunks, which are larger than others where the tar is.
   */
  private static TarSurvey packed(
      TarShard shard, InputFiles inputs, int images, long bytes, int tasks) {
    int finer = tasks * MOST_CHUNKS_OF_PACKED;
    TarSurvey survey =
        TarSurvey.of(shard, inputs, (images + finer - 1) / finer, Math.max(1, bytes / finer));
    long chunks = Math.max(survey.rows() / images, survey.bytes() / bytes) + 1;
    return survey.dealt((int) Math.min(MOST_CHUNKS_OF_PACKED, chunks), tasks);
  }

  private List<TarSurvey.Piece> limited(List<TarSurvey> surveys) {
    List<TarSurvey.Piece> pieces = new ArrayList<>();
    long left = slice.limit().orElse(Long.MAX_VALUE);
    for (TarSurvey survey : surveys) {
      for (TarSurvey.Piece piece : survey.pieces()) {
        if (left > 0 && piece.rows() > 0) {
          pieces.add(piece.first(left));
          left -= Math.min(left, piece.rows());
        }
      }
    }
    return pieces;
  }

  private SourceChunk chunk(
      List<TarSurvey.Piece> pieces,
      Broadcast<SerializableConfiguration> settings,
      Archived archived) {
    return new TarChunk(
        pieces.stream().map(TarSurvey.Piece::shard).toList(),
        rows(pieces),
        settings,
        archived,
        slice,
        maxBytes,
        reading);
  }

  private static long rows(List<TarSurvey.Piece> pieces) {
    return pieces.stream().mapToLong(TarSurvey.Piece::rows).sum();
  }

  private static long bytes(List<TarSurvey.Piece> pieces) {
    return pieces.stream().mapToLong(TarSurvey.Piece::bytes).sum();
  }

  private static List<Measured> estimated(
      SparkSession spark, List<Candidate> files, Broadcast<SerializableConfiguration> settings) {
    Candidate first = files.get(0);
    long samples = count(spark, TarShard.of(first), settings);
    double perByte = Math.max(1, samples) / (double) Math.max(1, first.size());
    return files.stream()
        .map(
            file -> new Measured(TarShard.of(file), Math.max(1, Math.round(perByte * file.size()))))
        .toList();
  }

  private static List<Measured> counted(
      SparkSession spark,
      List<Candidate> files,
      Broadcast<SerializableConfiguration> settings,
      long limit) {
    List<Measured> shards = new ArrayList<>();
    long left = limit;
    for (Candidate file : files) {
      if (left == 0) {
        break;
      }
      TarShard wanted = TarShard.of(file).slice(0, left);
      long samples = count(spark, wanted, settings);
      // One that can't be read is handed on, so that its row tells why.
      shards.add(new Measured(wanted, samples));
      left -= samples;
    }
    return shards;
  }

  private static long count(
      SparkSession spark, TarShard shard, Broadcast<SerializableConfiguration> settings) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(List.of(shard), 1)
        .map(one -> TarSamples.count(one, new InputFiles(settings.value().value())))
        .first();
  }

  private List<SourceChunk> chunks(
      List<Measured> shards,
      int images,
      Broadcast<SerializableConfiguration> settings,
      Archived archived) {
    long largest = shards.stream().mapToLong(Measured::samples).max().orElse(1);
    long share = Math.max(1, images / shards.size());
    long perSlice = Math.max(share, (largest + MOST_SLICES - 1) / MOST_SLICES);
    int slices = (int) Math.max(1, (largest + perSlice - 1) / perSlice);
    List<SourceChunk> chunks = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      long from = i * perSlice;
      // The last goes on to the end, wherever that is.
      long to = i == slices - 1 ? Long.MAX_VALUE : from + perSlice;
      List<TarShard> parts =
          shards.stream()
              .map(m -> m.shard().slice(from, Math.min(to, m.shard().to())))
              .filter(part -> part.from() < part.to())
              .toList();
      long expected =
          shards.stream().mapToLong(m -> Math.max(0, Math.min(to, m.samples()) - from)).sum();
      if (!parts.isEmpty()) {
        chunks.add(new TarChunk(parts, expected, settings, archived, slice, maxBytes, reading));
      }
    }
    return chunks;
  }

  private record TarChunk(
      List<TarShard> shards,
      long images,
      Broadcast<SerializableConfiguration> settings,
      Archived archived,
      Slice slice,
      long maxBytes,
      Reading reading)
      implements SourceChunk {

    @Override
    public Dataset<Row> candidates(SparkSession spark) {
      Broadcast<SerializableConfiguration> conf = settings;
      long most = maxBytes;
      Reading how = reading;
      JavaRDD<Row> rows =
          JavaSparkContext.fromSparkContext(spark.sparkContext())
              .parallelize(shards, shards.size())
              .flatMap(shard -> rows(shard, conf.value().value(), most, how));
      Dataset<Row> all = spark.createDataFrame(rows, Candidate.SCHEMA);
      Dataset<Row> wanted = slice.where().map(sql -> Where.filter(all, sql)).orElse(all);
      return archived.latest().isEmpty() ? wanted : archived.judge(wanted.drop("known_sha256"));
    }

    private static java.util.Iterator<Row> rows(
        TarShard shard, Configuration hadoop, long maxBytes, Reading reading) {
      InputFiles files = new InputFiles(hadoop);
      TarReader tar =
          reading == Reading.MEMBERS
              ? new TarMembers(shard, files, maxBytes)
              : new TarSamples(shard, files, maxBytes);
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> tar.close());
      return new java.util.Iterator<>() {
        @Override
        public boolean hasNext() {
          return tar.hasNext();
        }

        @Override
        public Row next() {
          return tar.next().toRow();
        }
      };
    }

    @Override
    public List<String> containers() {
      return shards.stream().map(TarShard::path).toList();
    }

    /** {@code #} stands between a tar and its members, and {@code $} comes next after it. */
    @Override
    public Dataset<Row> among(Dataset<Row> rows) {
      List<String> ends =
          shards.stream().flatMap(shard -> Stream.of(shard.path(), shard.path() + "$")).toList();
      return rows.filter(PathRange.of(ends).holds(rows.col("source_path")));
    }
  }
}
