package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import dev.darkroom.jobs.score.Category;
import dev.darkroom.jobs.score.JudgeSource;
import dev.darkroom.jobs.score.ScoreJob;
import dev.darkroom.jobs.score.ScoreOptions;
import dev.darkroom.jobs.score.ScoreSummary;
import dev.darkroom.recaption.DecodingParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code darkroom score}. */
@Command(
    name = "score",
    sortOptions = false,
    description = {
      "Scores generated images: how well each shows what its prompt asks for, by T2I-CompBench's"
          + " categories and formulas, into a Delta table with a row for each image, judge and"
          + " category.",
      "An image that is missing or can't be decoded has a row without a score. Running it again"
          + " replaces the table."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example: darkroom score --input generated --output scores --judge pixels,llava",
      "Example: darkroom score --input generated --output scores --judge llava --questions yes_no "
          + "--endpoint http://gpu1:8000/v1"
    })
public final class ScoreCommand implements JobCommand {
  private static final long MAX_BYTES = 64L << 20;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "<uri>",
      description =
          "Table of generated images, or any Delta or Parquet table with columns key or id, image"
              + " and one of prompts. Default: none, it must be named.")
  private String input = "";

  @Option(
      names = "--prompt-column",
      paramLabel = "<name>",
      description = "Column that says what an image shall show. Default: ${DEFAULT-VALUE}.")
  private String promptColumn = "prompt";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "<uri>",
      description = "Delta table of scores, which is replaced. Default: none, it must be named.")
  private String output = "";

  @Option(
      names = "--judge",
      split = ",",
      paramLabel = "<judge>",
      converter = Judges.class,
      description =
          "Who looks: pixels (finds the objects of drawn scenes, exactly; knows scene prompts"
              + " alone), llava (a model that sees and speaks). Default: pixels.")
  private List<Judge> judges = List.of(Judge.PIXELS);

  @Option(
      names = "--questions",
      paramLabel = "<kind>",
      converter = Kinds.class,
      description =
          "What llava is asked: describe (its description is read as a scene; what the model that"
              + " comes along can do), yes_no (whether the image shows each noun phrase of the"
              + " prompt). Default: describe.")
  private JudgeSource.Questions questions = JudgeSource.Questions.DESCRIBE;

  @Option(
      names = "--category-of",
      paramLabel = "<set=category>",
      description =
          "Category of a prompt set: color, shape, texture, spatial, non_spatial, complex,"
              + " numeracy, spatial_3d; may be given again. Default: what the set's name ends in,"
              + " or else what its scene prompts ask for.")
  private Map<String, String> categories = new LinkedHashMap<>();

  @Mixin private final CaptionerOptions captioner = new CaptionerOptions();

  @Mixin private final GpuOptions gpus = new GpuOptions();

  @Mixin private final CommonOptions common = new CommonOptions();

  /** Who looks. */
  enum Judge {
    PIXELS,
    LLAVA
  }

  @Override
  public List<String> problems() {
    List<String> problems =
        new ArrayList<>(
            new Limits()
                .filled("--input", input)
                .filled("--prompt-column", promptColumn)
                .filled("--output", output)
                .problems());
    problems.addAll(captioner.problems());
    problems.addAll(gpus.problems());
    categories.forEach(
        (set, category) -> {
          if (Category.ofId(category).isEmpty()) {
            problems.add(
                "--category-of %s=%s names no category; take one of those that the help tells"
                    .formatted(set, category));
          }
        });
    if (captioner.problems().isEmpty()) {
      problems.addAll(captioner.source(MAX_BYTES).problems(DecodingParameters.greedy(1)));
    }
    return problems;
  }

  @Override
  public int run(Console console) {
    Map<String, Category> ofSets = new LinkedHashMap<>();
    categories.forEach((set, category) -> ofSets.put(set, Category.ofId(category).orElseThrow()));
    List<JudgeSource> sources =
        new LinkedHashSet<>(judges)
            .stream()
                .<JudgeSource>map(
                    judge ->
                        judge == Judge.PIXELS
                            ? new JudgeSource.Pixels()
                            : new JudgeSource.Llava(captioner.source(MAX_BYTES), questions))
                .toList();
    SparkSession spark = Sessions.open("score");
    ScoreSummary summary =
        new ScoreJob(new ScoreOptions(input, promptColumn, output, sources, ofSets, gpus.demand()))
            .run(spark, console);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(summary, common.json(), common.summaryFile(output, "score"));
    return 0;
  }

  private static final class Judges extends LowerCaseEnums<Judge> {
    Judges() {
      super(Judge.class);
    }
  }

  private static final class Kinds extends LowerCaseEnums<JudgeSource.Questions> {
    Kinds() {
      super(JudgeSource.Questions.class);
    }
  }
}
