package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.Darkroom;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import dev.darkroom.jobs.restore.RestoreJob;
import dev.darkroom.jobs.restore.RestoreOptions;
import dev.darkroom.jobs.restore.RestoreSummary;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code darkroom restore}. */
@Command(
    name = "restore",
    sortOptions = false,
    description = {
      "Writes an archive's images back as files.",
      "Coded images come back as PNG, or as the very file where it was archived with --fidelity"
          + " file; stored ones as the file they were. Nothing is written outside the output"
          + " folder. Of several versions of one path the newest is taken."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example: darkroom restore --input archive --output restored --where \"width >= 1024\"",
      "Exit status 1: some images could not be restored; they are listed."
    })
public final class RestoreCommand implements JobCommand {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "<uri>",
      description = "Delta table of 'darkroom compress'. Default: none, it must be named.")
  private String input = "";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "<uri>",
      description = "Folder for the files, made where needed. Default: none, it must be named.")
  private String output = "";

  @Option(
      names = "--where",
      paramLabel = "<sql>",
      description = "Restore rows alone for which this SQL condition holds. Default: all rows.")
  private Optional<String> where = Optional.empty();

  @Option(
      names = "--overwrite",
      description = "Put restored files in the place of others that are there. Default: false.")
  private boolean overwrite;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    return new Limits()
        .filled("--input", input)
        .filled("--output", output)
        .filled("--where", where.orElse("true"))
        .problems();
  }

  @Override
  public int run(Console console) {
    SparkSession spark = Sessions.open("restore");
    RestoreSummary summary =
        new RestoreJob(new RestoreOptions(input, output, where, overwrite)).run(spark, console);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(summary, common.json(), common.summaryFile(output, "restore"));
    return summary.failed() == 0 ? Darkroom.OK : Darkroom.FAILED;
  }
}
