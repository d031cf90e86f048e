package dev.darkroom.jobs.demo;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.compress.CompressJob;
import dev.darkroom.jobs.compress.CompressOptions;
import dev.darkroom.jobs.curation.CurationJob;
import dev.darkroom.jobs.curation.NamedInput;
import dev.darkroom.jobs.curation.ReportOptions;
import dev.darkroom.jobs.generate.GenerateJob;
import dev.darkroom.jobs.generate.GenerateOptions;
import dev.darkroom.jobs.generate.GenerateSummary;
import dev.darkroom.jobs.generate.Seeds;
import dev.darkroom.jobs.nouns.NounsJob;
import dev.darkroom.jobs.nouns.NounsOptions;
import dev.darkroom.jobs.nouns.NounsSummary;
import dev.darkroom.jobs.recaption.RecaptionJob;
import dev.darkroom.jobs.recaption.RecaptionOptions;
import dev.darkroom.jobs.recaption.RecaptionSummary;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.scene.Scene;
import dev.darkroom.jobs.scene.ScenesJob;
import dev.darkroom.jobs.scene.ScenesOptions;
import dev.darkroom.jobs.score.JudgeSource;
import dev.darkroom.jobs.score.ScoreJob;
import dev.darkroom.jobs.score.ScoreOptions;
import dev.darkroom.jobs.score.ScoreSummary;
import dev.darkroom.jobs.source.TableColumns;
import dev.darkroom.jobs.table.CaptionTable;
import dev.darkroom.recaption.nouns.NounDensity;
import dev.darkroom.recaption.nouns.WordForm;
import dev.darkroom.udfs.caption.ModelSource;
import dev.darkroom.udfs.generate.PipelineSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * Draws scenes, recaptions them with the model that comes along, counts nouns before and after,
 * archives the pictures, draws new ones from the new captions, scores those, and reports on all of
 * it.
 */
final class SceneDemo {
  private static final int SCENES = 64;

  /** A world that the model was not trained on. */
  private static final long SEED = 2;

  /** Two images for each prompt. */
  private static final Seeds SEEDS = Seeds.of("0..1");

  private static final int BATCH = 8;

  /** Captions of one object or of two, without grain: what the small model has learnt. */
  private static final String DRAWABLE =
      "caption rlike '^The image features an? [^,.]*[.]'"
          + " and not caption rlike 'two|three|four|grainy'";

  private final Path scenes;
  private final Path captions;
  private final Path nouns;
  private final Path archive;
  private final Path generated;
  private final Path scores;
  private final Path report;

  SceneDemo(Path output) {
    this.scenes = output.resolve("scenes");
    this.captions = output.resolve("captions");
    this.nouns = output.resolve("nouns");
    this.archive = output.resolve("scene-archive");
    this.generated = output.resolve("generated");
    this.scores = output.resolve("scores");
    this.report = output.resolve("report");
  }

  /** The folders that it makes, which must not be there. */
  List<Path> folders() {
    return List.of(scenes, captions, nouns, archive, generated, scores, report);
  }

  DemoSummary.Scenes run(SparkSession spark, Console console) {
    new ScenesJob(new ScenesOptions(scenes.toString(), SCENES, SEED, Scene.GRID))
        .run(spark, console);
    RecaptionSummary recaptioned =
        new RecaptionJob(
                RecaptionOptions.of(
                    scenes.toString(), captions.toString(), ModelSource.of(ModelSource.INSTALLED)))
            .run(spark, console);
    NounsSummary counted =
        new NounsJob(
                new NounsOptions(
                    captions.toString(),
                    List.of("raw_caption", "caption"),
                    Optional.empty(),
                    nouns.toString(),
                    NounDensity.USUAL_THRESHOLD,
                    Set.of(WordForm.NOUN)))
            .run(spark, console);
    new CompressJob(
            CompressOptions.of(scenes.toString(), archive.toString())
                .withColumns(TableColumns.guessed()))
        .run(spark, console);
    GenerateSummary drawn = generate(spark, console);
    ScoreSummary scored =
        new ScoreJob(
                ScoreOptions.of(generated.toString(), scores.toString())
                    .withJudge(
                        new JudgeSource.Llava(
                            ModelSource.of(ModelSource.INSTALLED), JudgeSource.Questions.DESCRIBE)))
            .run(spark, console);
    new CurationJob(
            ReportOptions.of(
                    List.of(
                        NamedInput.of("scenes=" + captions),
                        NamedInput.of("pictures=" + archive),
                        NamedInput.of("generated=" + generated)),
                    report.toString())
                .titled("Drawn scenes, recaptioned"))
        .run(spark, console);
    return new DemoSummary.Scenes(
        captions.toString(),
        recaptioned.model(),
        captions(spark),
        recaptioned.imagesPerSecond(),
        counted.densities(),
        generated.toString(),
        drawn.drawn(),
        scored,
        report.resolve(CurationJob.PAGE).toString());
  }

  /** Images for those of the new captions that the small model was trained to draw. */
  private GenerateSummary generate(SparkSession spark, Console console) {
    GenerateOptions options =
        GenerateOptions.of(
            captions.toString(),
            Optional.of("caption"),
            SEEDS,
            generated.toString(),
            new PipelineSource(PipelineSource.INSTALLED, "", BATCH));
    return new GenerateJob(options.where(DRAWABLE)).run(spark, console);
  }

  private List<DemoSummary.Recaptioned> captions(SparkSession spark) {
    return CaptionTable.open(spark, captions.toString())
        .rows()
        .orderBy(col("source_path"))
        .select("source_path", "raw_caption", "caption", "status")
        .collectAsList()
        .stream()
        .map(
            row ->
                new DemoSummary.Recaptioned(
                    row.getString(0),
                    row.getString(1),
                    Objects.requireNonNullElse(row.getString(2), ""),
                    row.getString(3)))
        .toList();
  }
}
