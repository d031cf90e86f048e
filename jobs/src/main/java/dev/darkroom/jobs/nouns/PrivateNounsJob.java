package dev.darkroom.jobs.nouns;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.source.Places;
import dev.darkroom.jobs.table.PrivateNounColumn;
import dev.darkroom.jobs.table.PrivateNounTable;
import dev.darkroom.recaption.privacy.FrequencyEstimates;
import dev.darkroom.recaption.privacy.FrequencyOracle;
import dev.darkroom.recaption.privacy.PrivateCounts;
import dev.darkroom.recaption.privacy.SubsetSelection;
import dev.darkroom.udfs.nouns.CountNounsPrivately;
import dev.darkroom.udfs.nouns.Vocabulary;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Estimates how frequent nouns are in captions that may not be known, from reports under local
 * differential privacy. Exact counts are neither made nor written.
 */
public final class PrivateNounsJob {
  /**
   * The variance of estimates over that of plain subset selection; 1.3 to 1.4 were measured, and
   * 1.5 is what random equations have.
   */
  private static final double VARIANCE_FACTOR = 1.5;

  private final NounsOptions options;
  private final Privacy privacy;

  /** A job that does what the options say; their forms and threshold don't matter. */
  public PrivateNounsJob(NounsOptions options, Privacy privacy) {
    this.options = options;
    this.privacy = privacy;
  }

  /**
   * Estimates.
   *
   * @throws UserException where there is no such table, column or vocabulary, no output can be
   *     made, or there are too few captions to estimate anything
   */
  public PrivateNounsSummary run(SparkSession spark, Console console) {
    Timestamp started = Timestamp.from(Instant.now());
    long begun = System.nanoTime();
    new Places(spark.sparkContext().hadoopConfiguration())
        .refuseOutputInInput(options.input(), options.output());
    Vocabulary vocabulary =
        VocabularyFile.read(spark.sparkContext().hadoopConfiguration(), privacy.vocabulary());
    Captions captions = Captions.of(spark, options);
    PrivateNounTable output = PrivateNounTable.openOrCreate(spark, options.output());
    List<Row> counted;
    try (Progress unused = captions.progress(console)) {
      counted =
          captions
              .rows()
              .groupBy("dataset", "column")
              .agg(
                  CountNounsPrivately.of(vocabulary, privacy.epsilon())
                      .apply(col("caption"))
                      .as("counts"))
              .orderBy("dataset", "column")
              .collectAsList();
    }
    FrequencyOracle oracle = CountNounsPrivately.oracle(vocabulary, privacy.epsilon());
    List<Row> rows = new ArrayList<>();
    long reports = 0;
    for (Row group : counted) {
      PrivateCounts counts = PrivateCounts.fromBytes(group.getAs("counts"));
      reports += counts.reports();
      rows.addAll(rows(group, estimate(oracle, counts, group), vocabulary, started));
    }
    output.replace(spark.createDataFrame(rows, PrivateNounColumn.schema()));
    return new PrivateNounsSummary(
        options.input(),
        options.output(),
        captions.total(),
        reports,
        counted.size(),
        vocabulary.universe(),
        privacy.epsilon(),
        oracle.messageBits(),
        (System.nanoTime() - begun) / 1e9);
  }

  private static FrequencyEstimates estimate(
      FrequencyOracle oracle, PrivateCounts counts, Row group) {
    try {
      return oracle.estimate(counts);
    } catch (IllegalStateException e) {
      throw new UserException(
          "dataset '%s' has too few captions in column '%s' to estimate anything (%s); count more together, or a smaller vocabulary"
              .formatted(group.getAs("dataset"), group.getAs("column"), e.getMessage()),
          e);
    }
  }

  private List<Row> rows(
      Row group, FrequencyEstimates estimates, Vocabulary vocabulary, Timestamp started) {
    SubsetSelection plain = new SubsetSelection(vocabulary.universe(), privacy.epsilon());
    List<Row> rows = new ArrayList<>();
    for (int item = 0; item < vocabulary.universe(); item++) {
      double likely = Math.max(0, Math.min(1, estimates.frequency(item)));
      double deviation =
          Math.sqrt(VARIANCE_FACTOR * plain.variance(likely, estimates.reports()))
              * estimates.reports();
      rows.add(
          RowFactory.create(
              group.getAs("dataset"),
              group.getAs("column"),
              vocabulary.name(item),
              estimates.count(item),
              deviation,
              estimates.reports(),
              privacy.epsilon(),
              started));
    }
    return rows;
  }
}
