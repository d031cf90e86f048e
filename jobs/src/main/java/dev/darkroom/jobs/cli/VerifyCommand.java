package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.Darkroom;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import dev.darkroom.jobs.verify.VerifyJob;
import dev.darkroom.jobs.verify.VerifyOptions;
import dev.darkroom.jobs.verify.VerifySummary;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code darkroom verify}. */
@Command(
    name = "verify",
    sortOptions = false,
    description = {
      "Decodes every image of an archive and compares it with all that its row says.",
      "Hashes, sizes, width and height, status, fidelity are compared, and as many rows must be"
          + " found as the table's log says: a data file that is missing or damaged is a failure,"
          + " whatever Spark was told to skip. Rows of files that could not be read have no payload"
          + " and are counted alone."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example: darkroom verify --input archive",
      "Exit status 1: some images differ, or can't be read or decoded; they are listed."
    })
public final class VerifyCommand implements JobCommand {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "<uri>",
      description = "Delta table of 'darkroom compress'. Default: none, it must be named.")
  private String input = "";

  @Option(
      names = "--where",
      paramLabel = "<sql>",
      description = "Verify rows alone for which this SQL condition holds. Default: all rows.")
  private Optional<String> where = Optional.empty();

  @Option(
      names = "--outcomes",
      paramLabel = "<uri>",
      description =
          "Keep what was found of each row as Parquet here: source_path,"
              + " file_sha256, version, archived_at, verified_as (file, pixels or"
              + " nothing), error_type, error_message. What is there is replaced. Default:"
              + " not kept.")
  private Optional<String> outcomes = Optional.empty();

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    return new Limits()
        .filled("--input", input)
        .condition(where)
        .filled("--outcomes", outcomes.orElse("none"))
        .problems();
  }

  @Override
  public int run(Console console) {
    SparkSession spark = Sessions.open("verify");
    VerifySummary summary =
        new VerifyJob(new VerifyOptions(input, where, outcomes)).run(spark, console);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(summary, common.json(), common.summaryFile(input, "verify"));
    return summary.failed() == 0 ? Darkroom.OK : Darkroom.FAILED;
  }
}
