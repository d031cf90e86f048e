package dev.darkroom.jobs.generate;

import dev.darkroom.generation.SampleRequest;
import dev.darkroom.generation.scheduler.SamplerKind;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * An image that is to be drawn, as a row that travels.
 *
 * @param key of {@link SampleKey}
 * @param promptSet what the prompt is one of
 * @param prompt as it was given
 * @param finalPrompt what the model is told
 * @param negative what the image shall not be
 * @param seed of the noise
 * @param settings what images of one batch share
 */
record PlannedSample(
    String key,
    String promptSet,
    String prompt,
    String finalPrompt,
    String negative,
    long seed,
    BatchSettings settings) {
  static final StructType SCHEMA =
      new StructType()
          .add("key", DataTypes.StringType, false)
          .add("prompt_set", DataTypes.StringType, false)
          .add("prompt", DataTypes.StringType, false)
          .add("final_prompt", DataTypes.StringType, false)
          .add("negative_prompt", DataTypes.StringType, false)
          .add("seed", DataTypes.LongType, false)
          .add("step", DataTypes.IntegerType, false)
          .add("cfg", DataTypes.DoubleType, false)
          .add("sampler", DataTypes.StringType, false)
          .add("minority", DataTypes.DoubleType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("height", DataTypes.IntegerType, false);

  static PlannedSample of(Prompt prompt, Variation variation, String modelHash) {
    return new PlannedSample(
        SampleKey.of(prompt.text(), variation, modelHash),
        prompt.set(),
        prompt.text(),
        variation.finalPrompt(prompt.text()),
        variation.negative(),
        variation.seed(),
        variation.settings());
  }

  static PlannedSample of(Row row) {
    return new PlannedSample(
        row.getAs("key"),
        row.getAs("prompt_set"),
        row.getAs("prompt"),
        row.getAs("final_prompt"),
        row.getAs("negative_prompt"),
        row.<Long>getAs("seed"),
        new BatchSettings(
            row.<Integer>getAs("step"),
            row.<Double>getAs("cfg"),
            SamplerKind.valueOf(row.<String>getAs("sampler").toUpperCase(Locale.ROOT)),
            row.<Double>getAs("minority"),
            new PictureSize(row.<Integer>getAs("width"), row.<Integer>getAs("height"))));
  }

  Row row() {
    return RowFactory.create(
        key,
        promptSet,
        prompt,
        finalPrompt,
        negative,
        seed,
        settings.steps(),
        settings.guidance(),
        settings.samplerName(),
        settings.minority(),
        settings.size().width(),
        settings.size().height());
  }

  SampleRequest request() {
    return new SampleRequest(finalPrompt, negative, seed);
  }
}
