package dev.darkroom.udfs;

import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.PromptTemplate;
import dev.darkroom.udfs.caption.CaptionColumn;
import dev.darkroom.udfs.caption.CaptionRows;
import dev.darkroom.udfs.caption.CaptionerSource;
import dev.darkroom.udfs.caption.Decoding;
import dev.darkroom.udfs.gpu.GpuDemand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Adds captions to a Dataset of images: a function from Dataset to Dataset, in the shape of DJL's
 * Spark extension. The result has the rows of the input, in the same partitions, with one column
 * more: a struct of {@link CaptionColumn}.
 *
 * <pre>{@code
 * Dataset<Row> captioned =
 *     Recaption.by(source)
 *         .withImageColumn("content")
 *         .withPrompt(PromptTemplate.DETAILED)
 *         .apply(images);
 * captioned.select("path", "caption.text");
 * }</pre>
 *
 * <p>Each partition has one lease on a captioner; a row that can't be captioned has a struct that
 * says why. Nothing is remembered between two evaluations: persist the result, or write it.
 *
 * @param source who captions
 * @param imageColumn a binary column: the image file's bytes
 * @param captionColumn a string column with the captions that the images came with, for prompts
 *     that want them
 * @param outputColumn the struct that is added
 * @param prompt what is asked
 * @param decoding how answers are decoded
 * @param seed of the random choices, where there are any: each image has its own, drawn from this
 * @param gpus how many GPUs each task is to have
 */
public record Recaption(
    CaptionerSource source,
    String imageColumn,
    Optional<String> captionColumn,
    String outputColumn,
    PromptTemplate prompt,
    DecodingParameters decoding,
    long seed,
    GpuDemand gpus)
    implements Function<Dataset<Row>, Dataset<Row>> {
  private static final int MAX_NEW_TOKENS = 256;

  /** Detailed, greedy captions of the column {@code content} in a column {@code caption}. */
  public static Recaption by(CaptionerSource source) {
    return new Recaption(
        source,
        "content",
        Optional.empty(),
        "caption",
        PromptTemplate.DETAILED,
        DecodingParameters.greedy(MAX_NEW_TOKENS),
        0,
        GpuDemand.none());
  }

  /** The same, with the images in another column. */
  public Recaption withImageColumn(String column) {
    return new Recaption(source, column, captionColumn, outputColumn, prompt, decoding, seed, gpus);
  }

  /** The same, with the raw captions in a column. */
  public Recaption withCaptionColumn(String column) {
    return new Recaption(
        source, imageColumn, Optional.of(column), outputColumn, prompt, decoding, seed, gpus);
  }

  /** The same, with the result in another column. */
  public Recaption withOutputColumn(String column) {
    return new Recaption(source, imageColumn, captionColumn, column, prompt, decoding, seed, gpus);
  }

  /** The same, asking something else. */
  public Recaption withPrompt(PromptTemplate template) {
    return new Recaption(
        source, imageColumn, captionColumn, outputColumn, template, decoding, seed, gpus);
  }

  /** The same, decoded otherwise. */
  public Recaption withDecoding(DecodingParameters parameters) {
    return new Recaption(
        source, imageColumn, captionColumn, outputColumn, prompt, parameters, seed, gpus);
  }

  /** The same, with other random choices. */
  public Recaption withSeed(long other) {
    return new Recaption(
        source, imageColumn, captionColumn, outputColumn, prompt, decoding, other, gpus);
  }

  /** The same, with GPUs for each task. */
  public Recaption withGpus(GpuDemand demand) {
    return new Recaption(
        source, imageColumn, captionColumn, outputColumn, prompt, decoding, seed, demand);
  }

  /**
   * Adds the column; nothing is captioned before the result is read.
   *
   * @throws IllegalArgumentException where a column is not there or of another type, or the
   *     captioner does not know a parameter
   * @throws dev.darkroom.udfs.gpu.GpuUnavailableException where the session can't give the GPUs
   */
  @Override
  public Dataset<Row> apply(Dataset<Row> images) {
    check(images);
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(images.sparkSession().sparkContext());
    CaptionRows rows =
        new CaptionRows(
            source,
            context.broadcast(new SerializableConfiguration(context.sc().hadoopConfiguration())),
            images.schema().fieldIndex(imageColumn),
            captionColumn.map(images.schema()::fieldIndex).orElse(CaptionRows.NO_COLUMN),
            prompt.text(),
            Decoding.of(decoding),
            seed);
    JavaRDD<Row> captioned = gpus.apply(images.javaRDD()).mapPartitions(rows);
    return images
        .sparkSession()
        .createDataFrame(captioned, images.schema().add(outputColumn, CaptionColumn.schema()));
  }

  private void check(Dataset<Row> images) {
    List<String> problems = new ArrayList<>(source.problems(decoding));
    require(images, imageColumn, BinaryType.class, problems);
    captionColumn.ifPresent(column -> require(images, column, StringType.class, problems));
    if (Arrays.asList(images.columns()).contains(outputColumn)) {
      problems.add("there is a column '%s' already; name another".formatted(outputColumn));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  private static void require(
      Dataset<Row> images, String column, Class<? extends DataType> type, List<String> problems) {
    List<String> names = Arrays.asList(images.columns());
    if (!names.contains(column)) {
      problems.add(
          "there is no column '%s' (there are %s)".formatted(column, String.join(", ", names)));
      return;
    }
    DataType actual = images.schema().apply(column).dataType();
    if (!type.isInstance(actual)) {
      problems.add(
          "column '%s' has type %s, which is not what is wanted there"
              .formatted(column, actual.simpleString()));
    }
  }
}
