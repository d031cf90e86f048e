package dev.darkroom.jobs.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.jobs.curation.figures.Duplicates;
import dev.darkroom.jobs.curation.figures.Histogram;
import dev.darkroom.jobs.curation.figures.Histogram.Bin;
import dev.darkroom.jobs.curation.figures.ImageFigures;
import dev.darkroom.jobs.curation.figures.Tally;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts sizes, shapes, formats and duplicates of an input's images. */
final class ImageMeasures {
  private static final double[] MEGAPIXELS = {
    0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000
  };

  private static final int BINS_PER_OCTAVE = 8;
  private static final int OCTAVES = 3;
  private static final int TOP = 8;
  private static final int FORMATS = 12;

  private ImageMeasures() {}

  /** The figures of an input that has images. */
  static ImageFigures of(ReportInput input) {
    Dataset<Row> images = images(input).persist();
    try {
      Row all =
          images
              .agg(
                  count(lit(1)),
                  coalesce(sum("size"), lit(0L)),
                  count("sha256"),
                  countDistinct(col("sha256")),
                  count(when(isMeasured(), 1)))
              .head();
      return new ImageFigures(
          input.name(),
          all.getLong(0),
          all.getLong(1),
          duplicates(images, all.getLong(2), all.getLong(3)),
          all.getLong(4),
          megapixels(images),
          aspects(images),
          formats(images));
    } finally {
      images.unpersist();
    }
  }

  /** One row for each image: tables may tell of one several times, once for each prompt. */
  private static Dataset<Row> images(ReportInput input) {
    Dataset<Row> images = input.images().orElseThrow().of(input.rows());
    boolean isNamed = input.images().orElseThrow().path().isPresent();
    return isNamed && input.kind() != InputKind.TEXTS
        ? images
            .groupBy("path")
            .agg(
                max("size").as("size"),
                max("sha256").as("sha256"),
                max("width").as("width"),
                max("height").as("height"),
                max("format").as("format"))
        : images;
  }

  private static Column isMeasured() {
    return col("width").gt(0).and(col("height").gt(0));
  }

  private static Duplicates duplicates(Dataset<Row> images, long hashed, long distinct) {
    Dataset<Row> repeated =
        images
            .filter(col("sha256").isNotNull())
            .groupBy("sha256")
            .agg(count(lit(1)).as("times"), min("path").as("path"))
            .filter(col("times").gt(1));
    List<Tally> top =
        repeated.orderBy(col("times").desc(), col("sha256")).limit(TOP).collectAsList().stream()
            .map(
                row ->
                    new Tally(
                        row.isNullAt(2) ? row.getString(0) : row.getString(2), row.getLong(1)))
            .toList();
    return new Duplicates(hashed, distinct, top.isEmpty() ? 0 : repeated.count(), top);
  }

  private static Histogram megapixels(Dataset<Row> images) {
    Column size = col("width").multiply(col("height")).divide(1e6);
    Column bin = lit(0);
    for (int i = 1; i < MEGAPIXELS.length - 1; i++) {
      bin = when(size.geq(MEGAPIXELS[i]), i).otherwise(bin);
    }
    return new Histogram(
        binned(images, bin).stream()
            .map(
                row ->
                    new Bin(
                        MEGAPIXELS[row.getInt(0)], MEGAPIXELS[row.getInt(0) + 1], row.getLong(1)))
            .toList());
  }

  private static Histogram aspects(Dataset<Row> images) {
    // Bins lie around their ratio, so that squares are in the middle of one.
    Column steps =
        floor(log2(col("width").divide(col("height"))).multiply(BINS_PER_OCTAVE).plus(0.5));
    int most = OCTAVES * BINS_PER_OCTAVE;
    Column bin = least(greatest(steps, lit(-most)), lit(most)).cast("int");
    return new Histogram(
        binned(images, bin).stream()
            .map(
                row ->
                    new Bin(ratio(row.getInt(0) - 0.5), ratio(row.getInt(0) + 0.5), row.getLong(1)))
            .toList());
  }

  private static double ratio(double steps) {
    return StrictMath.pow(2, steps / BINS_PER_OCTAVE);
  }

  private static List<Row> binned(Dataset<Row> images, Column bin) {
    return images
        .filter(isMeasured())
        .groupBy(bin.as("bin"))
        .count()
        .orderBy("bin")
        .collectAsList();
  }

  private static List<Tally> formats(Dataset<Row> images) {
    return images
        .groupBy(coalesce(col("format"), lit("unknown")).as("format"))
        .count()
        .orderBy(col("count").desc(), col("format"))
        .limit(FORMATS)
        .collectAsList()
        .stream()
        .map(row -> new Tally(row.getString(0), row.getLong(1)))
        .toList();
  }
}
