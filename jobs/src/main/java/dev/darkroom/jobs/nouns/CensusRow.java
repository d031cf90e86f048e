package dev.darkroom.jobs.nouns;

import dev.darkroom.jobs.table.DensityColumn;
import dev.darkroom.jobs.table.HistogramColumn;
import dev.darkroom.recaption.nouns.CaptionCensus;
import dev.darkroom.recaption.nouns.CaptionCensusFormat;
import dev.darkroom.recaption.nouns.NounCounts;
import dev.darkroom.recaption.nouns.NounDensity;
import dev.darkroom.recaption.nouns.Rarefaction;
import dev.darkroom.recaption.nouns.WordForm;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The census of a group, and the rows that it becomes.
 *
 * @param dataset the group
 * @param column the column of the captions
 * @param census what was counted
 */
record CensusRow(String dataset, String column, CaptionCensus census) {
  /** Reads a row of dataset, column and the census's bytes. */
  static CensusRow of(Row row) {
    return new CensusRow(
        row.getString(0), row.getString(1), CaptionCensusFormat.read(row.getAs(2)));
  }

  /**
   * A row of {@link DensityColumn} for each form.
   *
   * @param common captions to which the counts are rarefied
   */
  List<Row> densities(long threshold, long common, Timestamp countedAt) {
    List<Row> rows = new ArrayList<>();
    census
        .words()
        .forEach(
            (form, counts) -> {
              NounDensity all = NounDensity.of(counts, threshold);
              Rarefaction.Expected some =
                  new Rarefaction(counts, threshold).to(Math.min(common, counts.captions()));
              rows.add(
                  RowFactory.create(
                      dataset,
                      column,
                      form.id(),
                      all.captions(),
                      census.missing(),
                      census.blank(),
                      threshold,
                      all.valid(),
                      all.distinct(),
                      all.validShare(),
                      all.total(),
                      all.average(),
                      some.captions(),
                      some.valid(),
                      some.distinct(),
                      some.validShare(),
                      countedAt));
            });
    return rows;
  }

  /** A row of {@link HistogramColumn} for each word of each form, the most frequent first. */
  Iterator<Row> histogram() {
    return census.words().entrySet().stream()
        .flatMap(
            form -> form.getValue().histogram().stream().map(entry -> row(form.getKey(), entry)))
        .iterator();
  }

  private Row row(WordForm form, NounCounts.Entry entry) {
    return RowFactory.create(
        dataset, column, form.id(), entry.noun(), entry.occurrences(), entry.captions());
  }
}
