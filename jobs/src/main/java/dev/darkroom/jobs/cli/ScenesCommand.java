package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import dev.darkroom.jobs.scene.Scene;
import dev.darkroom.jobs.scene.SceneRenderer;
import dev.darkroom.jobs.scene.ScenesJob;
import dev.darkroom.jobs.scene.ScenesOptions;
import dev.darkroom.jobs.scene.ScenesSummary;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code darkroom scenes}. */
@Command(
    name = "scenes",
    sortOptions = false,
    description = {
      "Draws scenes of simple objects and writes them as a Parquet table, with the truth about"
          + " each.",
      "Each row has the image (PNG), the truth as JSON, a description that is right, a poor caption"
          + " as on the web, and a short prompt. The same seed gives the same scenes everywhere."
    },
    optionListHeading = "%nOptions:%n",
    footer = {"", "Example: darkroom scenes --count 10000 --seed 1 --output scenes"})
public final class ScenesCommand implements JobCommand {
  @Option(
      names = "--count",
      paramLabel = "<scenes>",
      description = "How many scenes to write. Default: ${DEFAULT-VALUE} scenes.")
  private long count = 1000;

  @Option(
      names = "--seed",
      paramLabel = "<number>",
      description =
          "Which scenes: train on one seed and measure on another. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "<uri>",
      description = "Folder of the Parquet table, not there yet. Default: none, it must be named.")
  private String output = "";

  @Option(
      names = "--size",
      paramLabel = "<pixels>",
      description =
          "Side of each square picture, a multiple of 128. Default: ${DEFAULT-VALUE} pixels.")
  private int size = Scene.GRID;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    List<String> problems =
        new ArrayList<>(
            new Limits()
                .filled("--output", output)
                .range("--count", count, 1, 1_000_000_000)
                .range("--size", size, Scene.GRID, SceneRenderer.LARGEST)
                .problems());
    if (size % Scene.GRID != 0) {
      problems.add("--size must be a multiple of %d, not %d".formatted(Scene.GRID, size));
    }
    return problems;
  }

  @Override
  public int run(Console console) {
    SparkSession spark = Sessions.open("scenes");
    ScenesSummary summary =
        new ScenesJob(new ScenesOptions(output, count, seed, size)).run(spark, console);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(summary, common.json(), common.summaryFile(output, "scenes"));
    return 0;
  }
}
