package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import dev.darkroom.jobs.select.Keep;
import dev.darkroom.jobs.select.SelectJob;
import dev.darkroom.jobs.select.SelectOptions;
import dev.darkroom.jobs.select.SelectSummary;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code darkroom select}. */
@Command(
    name = "select",
    sortOptions = false,
    description = {
      "Keeps the rows of a table whose texts fit a target best, by how well they compress"
          + " together.",
      "Writes them as a Delta table, best first, with a column that says how well they fit"
          + " (ZIP-FIT, gzip alignment). The same input and options give the same rows."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example: darkroom select --input captions --target \"a chest x-ray of an adult, front view\""
          + " --keep 10000 --output x-rays",
      "Example: darkroom select --input laion.parquet --column text --target wanted.txt --keep 0.05"
          + " --output wanted"
    })
public final class SelectCommand implements JobCommand {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "<uri>",
      description =
          "Table with texts: Delta, Parquet, JSON (lines, or one array) or CSV with a header. "
              + "Default: none, it must be named.")
  private String input = "";

  @Option(
      names = "--column",
      paramLabel = "<name>",
      description = "Column of the texts. Default: ${DEFAULT-VALUE}.")
  private String column = "caption";

  @Option(
      names = "--target",
      required = true,
      paramLabel = "<text or uri>",
      description =
          "What to look for: a text, a .txt file with a target on each line, or a table. What is"
              + " there as a file or folder is not taken for a text. Default: none, it must be"
              + " said.")
  private String target = "";

  @Option(
      names = "--target-column",
      paramLabel = "<name>",
      description = "Column of the texts where the target is a table. Default: as --column.")
  private Optional<String> targetColumn = Optional.empty();

  @Option(
      names = "--targets",
      paramLabel = "<texts>",
      description =
          "Target texts to use at most; time grows with them. Of more, so many are drawn. Default: "
              + "${DEFAULT-VALUE} texts.")
  private int targets = 100;

  @Option(
      names = "--seed",
      paramLabel = "<number>",
      description = "Which target texts are drawn. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--keep",
      required = true,
      paramLabel = "<rows or share>",
      converter = KeepConverter.class,
      description =
          "How many rows to keep: a whole number, or a share like 0.1 of those with text. Default: "
              + "none, it must be said.")
  private Keep keep = Keep.parse("1");

  @Option(
      names = "--score-column",
      paramLabel = "<name>",
      description = "Column that is added. Default: ${DEFAULT-VALUE}.")
  private String scoreColumn = "alignment";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "<uri>",
      description = "Delta table, not there yet. Default: none, it must be named.")
  private String output = "";

  @Option(
      names = "--overwrite",
      description = "Replace the Delta table that is there. Default: false.")
  private boolean overwrite;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    return new Limits()
        .filled("--input", input)
        .filled("--column", column)
        .filled("--target", target)
        .filled("--target-column", targetColumn.orElse("-"))
        .range("--targets", targets, 1, 100_000)
        .filled("--score-column", scoreColumn)
        .filled("--output", output)
        .problems();
  }

  @Override
  public int run(Console console) {
    SparkSession spark = Sessions.open("select");
    SelectOptions options =
        new SelectOptions(
            input,
            column,
            target,
            targetColumn.orElse(column),
            targets,
            seed,
            keep,
            scoreColumn,
            output,
            overwrite);
    SelectSummary summary = new SelectJob(options).run(spark);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(summary, common.json(), common.summaryFile(output, "select"));
    return 0;
  }

  private static final class KeepConverter implements ITypeConverter<Keep> {
    @Override
    public Keep convert(String text) {
      try {
        return Keep.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
