package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.nouns.NounsJob;
import dev.darkroom.jobs.nouns.NounsOptions;
import dev.darkroom.jobs.nouns.Privacy;
import dev.darkroom.jobs.nouns.PrivateNounsJob;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Summary;
import dev.darkroom.jobs.report.SummaryWriter;
import dev.darkroom.recaption.nouns.NounDensity;
import dev.darkroom.recaption.nouns.WordForm;
import dev.darkroom.recaption.privacy.Scheme;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code darkroom nouns}. */
@Command(
    name = "nouns",
    sortOptions = false,
    description = {
      "Counts the nouns of captions: valid and distinct nouns, their ratio, the total, and the"
          + " average of a caption (PixArt-alpha, table 1), and a histogram of all nouns.",
      "The ratio grows with the number of captions, so each is also given as expected of as many"
          + " captions as the smallest group has."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example: darkroom nouns --input laion.parquet --column TEXT --output nouns",
      "         darkroom nouns --input captions --column raw_caption --column caption --output"
          + " nouns"
    })
public final class NounsCommand implements JobCommand {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "<uri>",
      description =
          "Delta or Parquet table, JSON or CSV with a header. Default: none, it must be named.")
  private String input = "";

  @Option(
      names = "--column",
      required = true,
      paramLabel = "<name>",
      description =
          "Column of captions, English text; may be given again, and each is counted apart."
              + " Default: none, it must be named.")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--group-by",
      paramLabel = "<column>",
      description = "Column that names each row's dataset. Default: all rows are one dataset.")
  private Optional<String> groupBy = Optional.empty();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "<uri>",
      description =
          "Folder of two Delta tables, density and histogram, which each run replaces. Default:"
              + " none, it must be named.")
  private String output = "";

  @Option(
      names = "--threshold",
      paramLabel = "<times>",
      description = "A noun that stands more often is valid. Default: ${DEFAULT-VALUE} times.")
  private long threshold = NounDensity.USUAL_THRESHOLD;

  @Option(
      names = "--forms",
      split = ",",
      paramLabel = "<form>",
      converter = FormNames.class,
      description =
          "What is counted: noun (in lower case), cased (nouns as written), lemma (of nouns; many"
              + " times slower), verb. Default: noun, cased, verb.")
  private List<WordForm> forms = List.of(WordForm.NOUN, WordForm.CASED, WordForm.VERB);

  @Option(
      names = "--epsilon",
      paramLabel = "<epsilon>",
      description =
          "Count under local differential privacy: each caption reports one of its nouns, drawn at"
              + " random and blurred; each --column spends as much. Writes a table private instead"
              + " of the two, and needs --vocabulary. Default: exact counts.")
  private Optional<Double> epsilon = Optional.empty();

  @Option(
      names = "--vocabulary",
      paramLabel = "<file>",
      description = "Text file with the nouns that --epsilon counts, one a line. Default: none.")
  private Optional<String> vocabulary = Optional.empty();

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    Limits limits =
        new Limits()
            .filled("--input", input)
            .filled("--output", output)
            .range("--threshold", threshold, 0, Long.MAX_VALUE);
    columns.forEach(column -> limits.filled("--column", column));
    groupBy.ifPresent(column -> limits.filled("--group-by", column));
    List<String> problems = new ArrayList<>(limits.problems());
    if (columns.stream().distinct().count() < columns.size()) {
      problems.add("--column names a column twice; name each once");
    }
    epsilon
        .filter(e -> !(e >= Scheme.LEAST_EPSILON && e <= Scheme.GREATEST_EPSILON))
        .ifPresent(
            e ->
                problems.add(
                    "--epsilon must be %s to %s, not %s"
                        .formatted(Scheme.LEAST_EPSILON, Scheme.GREATEST_EPSILON, e)));
    if (epsilon.isPresent() != vocabulary.isPresent()) {
      problems.add("--epsilon and --vocabulary need each other; name both or none");
    }
    return problems;
  }

  @Override
  public int run(Console console) {
    SparkSession spark = Sessions.open("nouns");
    NounsOptions options =
        new NounsOptions(input, columns, groupBy, output, threshold, EnumSet.copyOf(forms));
    Summary summary =
        epsilon.isPresent()
            ? new PrivateNounsJob(options, new Privacy(epsilon.get(), vocabulary.orElseThrow()))
                .run(spark, console)
            : new NounsJob(options).run(spark, console);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(summary, common.json(), common.summaryFile(output, "nouns"));
    return 0;
  }

  private static final class FormNames extends LowerCaseEnums<WordForm> {
    FormNames() {
      super(WordForm.class);
    }
  }
}
