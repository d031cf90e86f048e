package dev.darkroom.jobs.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Files to be read by the tasks that develop them, dealt out so that each task has about as many
 * bytes.
 */
record FileChunk(List<Candidate> files, Chunking chunking) implements SourceChunk {
  @Override
  public long images() {
    return files.size();
  }

  @Override
  public Dataset<Row> candidates(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int tasks =
        Math.max(
            Math.min(files.size(), chunking.leastTasks(context)),
            (files.size() + chunking.imagesPerTask() - 1) / chunking.imagesPerTask());
    List<List<Row>> hands = deal(Math.max(1, tasks));
    JavaRDD<Row> rows = context.parallelize(hands, hands.size()).flatMap(List::iterator);
    return spark.createDataFrame(rows, Candidate.SCHEMA);
  }

  @Override
  public Dataset<Row> among(Dataset<Row> rows) {
    return rows.filter(
        PathRange.of(files.stream().map(Candidate::sourcePath).toList())
            .holds(rows.col("source_path")));
  }

  /** Largest first, each to the hand that has least. */
  private List<List<Row>> deal(int hands) {
    PriorityQueue<Hand> queue =
        new PriorityQueue<>(Comparator.comparingLong(Hand::bytes).thenComparing(Hand::number));
    List<Hand> all = new ArrayList<>();
    for (int i = 0; i < hands; i++) {
      Hand hand = new Hand(i);
      all.add(hand);
      queue.add(hand);
    }
    files.stream()
        .sorted(Comparator.comparingLong(Candidate::size).reversed())
        .forEach(
            file -> {
              Hand hand = queue.remove();
              hand.take(file);
              queue.add(hand);
            });
    return all.stream().map(hand -> hand.rows).filter(rows -> !rows.isEmpty()).toList();
  }

  private static final class Hand {
    /** What opening a file costs, in bytes that could have been developed instead. */
    private static final long OPEN_COST = 4096;

    private final int number;
    private final List<Row> rows = new ArrayList<>();
    private long bytes;

    Hand(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    long bytes() {
      return bytes;
    }

    void take(Candidate file) {
      rows.add(file.toRow());
      bytes += file.size() + OPEN_COST;
    }
  }
}
