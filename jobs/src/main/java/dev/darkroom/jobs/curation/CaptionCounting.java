package dev.darkroom.jobs.curation;

import dev.darkroom.jobs.curation.figures.CaptionFigures;
import dev.darkroom.jobs.curation.figures.CaptionFigures.Length;
import dev.darkroom.jobs.curation.figures.CaptionFigures.Readability;
import dev.darkroom.jobs.curation.figures.Duplicates;
import dev.darkroom.jobs.curation.figures.Histogram;
import dev.darkroom.jobs.curation.figures.NounShift;
import dev.darkroom.recaption.nouns.NounCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Counts all that there is to say about the sets of captions of all inputs. */
final class CaptionCounting {
  /** Of a set without any caption. */
  static final Length NO_LENGTH = new Length(0, 0, 0, 0, new Histogram(List.of()));

  private static final Readability NO_SCORE = new Readability(0, 0, new Histogram(List.of()));
  private static final int SHIFTS = 6;

  private final SparkSession spark;
  private final long threshold;

  /** Counts in a session; a noun is valid that occurs more often than the threshold. */
  CaptionCounting(SparkSession spark, long threshold) {
    this.spark = spark;
    this.threshold = threshold;
  }

  /**
   * What was counted.
   *
   * @param captions the figures of each set
   * @param shifts how the use of nouns changes from set to set
   * @param lengths how long the captions of each set are, by its number over all inputs
   */
  record Counted(
      List<CaptionFigures> captions, List<NounShift> shifts, Map<Integer, Length> lengths) {}

  private record Numbered(int number, ReportInput input, CaptionSet set) {}

  Counted count(List<ReportInput> inputs) {
    List<Numbered> sets = numbered(inputs);
    if (sets.isEmpty()) {
      return new Counted(List.of(), List.of(), Map.of());
    }
    Dataset<Row> texts = texts(inputs);
    Map<Integer, NounCounts> nouns = NounCounting.of(texts);
    Dataset<Row> measured =
        spark
            .createDataFrame(texts.javaRDD().mapPartitions(new TextMeasure()), TextMeasure.SCHEMA)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      CaptionMeasures measures = new CaptionMeasures(measured);
      Map<Integer, Length> lengths = measures.lengths();
      return new Counted(figures(sets, measures, lengths, nouns), shifts(sets, nouns), lengths);
    } finally {
      measured.unpersist();
    }
  }

  private static List<Numbered> numbered(List<ReportInput> inputs) {
    List<Numbered> numbered = new ArrayList<>();
    for (ReportInput input : inputs) {
      input.sets().forEach(set -> numbered.add(new Numbered(numbered.size(), input, set)));
    }
    return numbered;
  }

  private static Dataset<Row> texts(List<ReportInput> inputs) {
    List<Dataset<Row>> texts = new ArrayList<>();
    int first = 0;
    for (ReportInput input : inputs) {
      Optional<Dataset<Row>> own = input.texts(first);
      own.ifPresent(texts::add);
      first += input.sets().size();
    }
    return texts.stream().reduce(Dataset::unionAll).orElseThrow();
  }

  private List<CaptionFigures> figures(
      List<Numbered> sets,
      CaptionMeasures measures,
      Map<Integer, Length> lengths,
      Map<Integer, NounCounts> nouns) {
    long common = nouns.values().stream().mapToLong(NounCounts::captions).min().orElse(0);
    NounMeasures nounMeasures = new NounMeasures(threshold);
    Map<Integer, Map<String, Long>> kinds = measures.kinds();
    Map<Integer, Readability> scores = measures.readabilities();
    Map<Integer, Duplicates> duplicates = measures.duplicates();
    return sets.stream()
        .map(
            each -> {
              int number = each.number();
              Map<String, Long> rows = kinds.getOrDefault(number, Map.of());
              NounCounts counts = nouns.getOrDefault(number, new NounCounts());
              return new CaptionFigures(
                  each.set().name(),
                  each.input().name(),
                  each.set().role().id(),
                  rows.values().stream().mapToLong(Long::longValue).sum(),
                  rows.getOrDefault(TextMeasure.Kind.NULL.name(), 0L),
                  rows.getOrDefault(TextMeasure.Kind.BLANK.name(), 0L),
                  rows.getOrDefault(TextMeasure.Kind.NOT_TEXT.name(), 0L),
                  rows.getOrDefault(TextMeasure.Kind.CAPTION.name(), 0L),
                  lengths.getOrDefault(number, NO_LENGTH),
                  scores.getOrDefault(number, NO_SCORE),
                  duplicates.getOrDefault(number, Duplicates.NONE),
                  nounMeasures.figures(counts, Math.min(common, counts.captions())));
            })
        .toList();
  }

  /**
   * Each later set of an input beside its first; where no input has two, each later input beside
   * the first.
   */
  private List<NounShift> shifts(List<Numbered> sets, Map<Integer, NounCounts> nouns) {
    List<NounShift> within =
        sets.stream().flatMap(each -> shift(each, first(sets, each), nouns).stream()).toList();
    List<NounShift> shifts =
        within.isEmpty()
            ? sets.stream().flatMap(each -> shift(each, sets.get(0), nouns).stream()).toList()
            : within;
    return shifts.stream().limit(SHIFTS).toList();
  }

  private static Numbered first(List<Numbered> sets, Numbered each) {
    return sets.stream()
        .filter(other -> other.input().equals(each.input()))
        .findFirst()
        .orElseThrow();
  }

  private Optional<NounShift> shift(
      Numbered after, Numbered before, Map<Integer, NounCounts> nouns) {
    NounCounts left = nouns.get(before.number());
    NounCounts right = nouns.get(after.number());
    return before.number() == after.number() || left == null || right == null
        ? Optional.empty()
        : Optional.of(
            new NounMeasures(threshold)
                .shift(before.set().name(), left, after.set().name(), right));
  }
}
