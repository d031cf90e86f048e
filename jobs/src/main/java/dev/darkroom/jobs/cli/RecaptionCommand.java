package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.Darkroom;
import dev.darkroom.jobs.recaption.NamedPrompt;
import dev.darkroom.jobs.recaption.RecaptionJob;
import dev.darkroom.jobs.recaption.RecaptionOptions;
import dev.darkroom.jobs.recaption.RecaptionSummary;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import dev.darkroom.jobs.run.ChunkedRun;
import dev.darkroom.recaption.CaptionStatus;
import dev.darkroom.recaption.DecodingParameters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code darkroom recaption}. */
@Command(
    name = "recaption",
    sortOptions = false,
    description = {
      "Describes images with a LLaVA model, into a Delta table: one row for each image and prompt.",
      "An image that can't be read, or a server that does not answer, becomes a row with a typed"
          + " error. Running it again asks what is new, changed or failed."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example: darkroom recaption --input photos --output captions",
      "Example: darkroom recaption --input laion.parquet --output captions --prompt grounded "
          + "--endpoint http://gpu1:8000/v1",
      "Exit status 1: some captions were others when asked one by one; they are listed."
    })
public final class RecaptionCommand implements JobCommand {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "<uri>",
      description =
          "Images: a folder, file or glob, WebDataset tars, or a Parquet or Delta table with their "
              + "bytes, paths or URLs. Default: none, it must be named.")
  private String input = "";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "<uri>",
      description = "Delta table, made where it is not there. Default: none, it must be named.")
  private String output = "";

  @Option(
      names = "--prompt",
      paramLabel = "<prompt>",
      description =
          "detailed, grounded (with the raw caption), or a text of your own, in which {caption} "
              + "stands for the raw caption. May be given several times. Default: detailed.")
  private List<String> prompts = List.of();

  @Option(
      names = "--samples",
      paramLabel = "<answers>",
      description =
          "Answers to each prompt, each with a seed of its own. Default: ${DEFAULT-VALUE}.")
  private int samples = 1;

  @Option(
      names = "--seed",
      paramLabel = "<number>",
      description = "What the seeds of random choices are drawn from. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private final CaptionerOptions captioner = new CaptionerOptions();

  @Mixin private final DecodingOptions decoding = new DecodingOptions();

  @Mixin private final GpuOptions gpus = new GpuOptions();

  @Mixin private final SourceOptions source = new SourceOptions();

  @Option(
      names = "--chunk",
      paramLabel = "<images>",
      description =
          "Images to a transaction; a run that is killed loses at most "
              + ChunkedRun.LOST_AT_MOST
              + " chunks. Default: "
              + "${DEFAULT-VALUE} images.")
  private int chunk = 2000;

  @Option(
      names = "--retry",
      split = ",",
      paramLabel = "<status>",
      converter = Statuses.class,
      description =
          "Which rows of the table are asked again: failed, empty, looping, cut, ok. Default: "
              + "failed.")
  private List<CaptionStatus> retried = List.of(CaptionStatus.FAILED);

  @Option(
      names = "--canary",
      paramLabel = "<rows>",
      description =
          "Rows that are asked again one by one in the end, and compared. Default: "
              + "${DEFAULT-VALUE}.")
  private int canaries = 4;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    List<String> problems =
        new ArrayList<>(
            source
                .check(
                    new Limits()
                        .filled("--input", input)
                        .filled("--output", output)
                        .range("--samples", samples, 1, 1000)
                        .range("--chunk", chunk, 1, 1_000_000)
                        .range("--canary", canaries, 0, 1000))
                .problems());
    problems.addAll(source.rootProblems());
    problems.addAll(captioner.problems());
    problems.addAll(gpus.problems());
    if (prompts.stream().anyMatch(String::isBlank)) {
      problems.add("--prompt must not be empty");
    }
    try {
      DecodingParameters parameters = decoding.parameters();
      if (samples > 1 && parameters.isGreedy()) {
        problems.add(
            "--samples needs a --temperature above 0: without one all answers are the same");
      }
      if (captioner.problems().isEmpty()) {
        problems.addAll(captioner.source(source.maxBytes()).problems(parameters));
      }
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
    return problems;
  }

  @Override
  public int run(Console console) {
    List<String> asked = prompts.isEmpty() ? List.of("detailed") : prompts;
    Set<CaptionStatus> again = EnumSet.copyOf(retried);
    RecaptionOptions options =
        new RecaptionOptions(
            input,
            source.inputFormat(),
            source.columns(),
            source.slice(),
            output,
            captioner.source(source.maxBytes()),
            asked.stream().map(NamedPrompt::of).toList(),
            decoding.parameters(),
            samples,
            seed,
            gpus.demand(),
            chunk,
            captioner.imagesPerTask(),
            again,
            source.maxBytes(),
            canaries);
    SparkSession spark = Sessions.open("recaption");
    RecaptionSummary summary = new RecaptionJob(options).run(spark, console);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(summary, common.json(), common.summaryFile(output, "recaption"));
    return summary.canary().differences().isEmpty() ? Darkroom.OK : Darkroom.FAILED;
  }

  private static final class Statuses extends LowerCaseEnums<CaptionStatus> {
    Statuses() {
      super(CaptionStatus.class);
    }
  }
}
