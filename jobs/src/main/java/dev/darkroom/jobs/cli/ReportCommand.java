package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.curation.CurationJob;
import dev.darkroom.jobs.curation.NamedInput;
import dev.darkroom.jobs.curation.ReportOptions;
import dev.darkroom.jobs.curation.ReportSummary;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import dev.darkroom.recaption.nouns.NounDensity;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code darkroom report}. */
@Command(
    name = "report",
    sortOptions = false,
    description = {
      "Reports what captions and images are like, on one HTML page that needs no network.",
      "Noun density, lengths, duplicates, sizes, compression, failures, and rows to look at;"
          + " several datasets side by side. All figures come as report.json too."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example: darkroom report --input captions --input archive --output report",
      "Example: darkroom report --input web=laion.json --column laion_2b --column laion_coco"
          + " --output report"
    })
public final class ReportCommand implements JobCommand {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "<table>",
      description =
          "Table to report on, as uri or name=uri; may be named again: one of 'darkroom recaption' "
              + "or 'darkroom compress', or any Delta, Parquet, JSON or CSV table with texts. "
              + "Default: none, it must be named.")
  private List<String> inputs = List.of();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "<uri>",
      description = "Folder for index.html and report.json. Default: none, it must be named.")
  private String output = "";

  @Option(
      names = "--column",
      paramLabel = "<name>",
      description =
          "Column of any table with captions; may be named again, to see several side by side. "
              + "Default: by its usual names (caption, text, ...).")
  private List<String> columns = List.of();

  @Option(
      names = "--title",
      paramLabel = "<text>",
      description = "What the page is called. Default: by its inputs.")
  private Optional<String> title = Optional.empty();

  @Option(
      names = "--threshold",
      paramLabel = "<times>",
      description =
          "A noun is valid that occurs more often than this. Default: ${DEFAULT-VALUE} times.")
  private long threshold = NounDensity.USUAL_THRESHOLD;

  @Option(
      names = "--samples",
      paramLabel = "<rows>",
      description = "Rows to show for people to look at. Default: ${DEFAULT-VALUE} rows.")
  private int samples = ReportOptions.USUAL_SAMPLES;

  @Option(
      names = "--seed",
      paramLabel = "<number>",
      description = "Which rows these are. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--max-bytes",
      paramLabel = "<bytes>",
      converter = ByteSize.class,
      description = "Show no picture of image files of more bytes. Default: 64MiB.")
  private Long maxBytes = 64L << 20;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    Limits limits =
        new Limits()
            .filled("--output", output)
            .filled("--title", title.orElse("-"))
            .range("--threshold", threshold, 0, 1_000_000_000)
            .range("--samples", samples, 0, 500)
            .range("--max-bytes", maxBytes, 1, Integer.MAX_VALUE - 16);
    columns.forEach(column -> limits.filled("--column", column));
    List<String> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (NamedInput input : named()) {
      limits.filled("--input", input.location());
      input
          .name()
          .filter(name -> !names.add(name))
          .ifPresent(name -> problems.add("two inputs are named '%s'".formatted(name)));
    }
    problems.addAll(0, limits.problems());
    return problems;
  }

  private List<NamedInput> named() {
    return inputs.stream().map(NamedInput::of).toList();
  }

  @Override
  public int run(Console console) {
    SparkSession spark = Sessions.open("report");
    ReportSummary summary =
        new CurationJob(
                new ReportOptions(
                    named(),
                    columns,
                    output,
                    title,
                    threshold,
                    samples,
                    seed,
                    maxBytes,
                    Clock.systemUTC()))
            .run(spark, console);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(summary, common.json(), common.summaryFile(output, "report"));
    return 0;
  }
}
