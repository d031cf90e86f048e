package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.Darkroom;
import dev.darkroom.jobs.demo.DemoJob;
import dev.darkroom.jobs.demo.DemoSummary;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code darkroom demo}. */
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "Draws a small set of images, compresses, verifies and restores it, and compares the sizes "
          + "with PNG. Then draws scenes, recaptions them with the model that comes along, counts"
          + " nouns before and after, and ends with a report: one page for a browser.",
      "Drawn anew each time, always the same; needs no input."
    },
    optionListHeading = "%nOptions:%n",
    footer = {"", "Example: darkroom demo"})
public final class DemoCommand implements JobCommand {
  @Option(
      names = "--output",
      paramLabel = "<folder>",
      description = "Local folder for everything the demo makes. Default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("out", "demo");

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    return List.of();
  }

  @Override
  public int run(Console console) {
    SparkSession spark = Sessions.open("demo");
    DemoSummary summary = new DemoJob(output).run(spark, console);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(
            summary,
            common.json(),
            common.summaryFile(output.resolve("summary").toString(), "demo"));
    return summary.differing() + summary.uncaptioned() == 0 ? Darkroom.OK : Darkroom.FAILED;
  }
}
