package dev.darkroom.jobs.curation;

import dev.darkroom.recaption.nouns.NounCounts;
import dev.darkroom.recaption.nouns.NounCountsFormat;
import dev.darkroom.recaption.nouns.NounTagger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Counts the nouns of all sets of captions in one pass. Each task counts its own captions; the
 * counts are merged on executors, and the driver gets one for each set.
 */
final class NounCounting {
  private NounCounting() {}

  /**
   * Counts.
   *
   * @param texts columns {@code set} and {@code text}; rows that are no captions are left out
   */
  static Map<Integer, NounCounts> of(Dataset<Row> texts) {
    Map<Integer, NounCounts> counts = new TreeMap<>();
    texts
        .javaRDD()
        .mapPartitionsToPair(new CountPartition())
        .reduceByKey(new Merge())
        .collectAsMap()
        .forEach((set, bytes) -> counts.put(set, NounCountsFormat.read(bytes)));
    return counts;
  }

  private static final class CountPartition
      implements PairFlatMapFunction<Iterator<Row>, Integer, byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Iterator<Row> texts) {
      NounTagger tagger = new NounTagger();
      Map<Integer, NounCounts> counts = new TreeMap<>();
      texts.forEachRemaining(
          row -> {
            if (TextMeasure.Kind.of(row.getString(1)) == TextMeasure.Kind.CAPTION) {
              counts
                  .computeIfAbsent(row.getInt(0), set -> new NounCounts())
                  .add(tagger.nouns(row.getString(1)));
            }
          });
      List<Tuple2<Integer, byte[]>> pairs = new ArrayList<>();
      counts.forEach((set, count) -> pairs.add(new Tuple2<>(set, NounCountsFormat.write(count))));
      return pairs.iterator();
    }
  }

  private static final class Merge implements Function2<byte[], byte[], byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] call(byte[] left, byte[] right) {
      NounCounts counts = NounCountsFormat.read(left);
      counts.merge(NounCountsFormat.read(right));
      return NounCountsFormat.write(counts);
    }
  }
}
