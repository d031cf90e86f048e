package dev.darkroom.jobs.cli;

import dev.darkroom.generation.StylePrefix;
import dev.darkroom.generation.scheduler.SamplerKind;
import dev.darkroom.jobs.Darkroom;
import dev.darkroom.jobs.generate.GenerateJob;
import dev.darkroom.jobs.generate.GenerateOptions;
import dev.darkroom.jobs.generate.GenerateSummary;
import dev.darkroom.jobs.generate.PictureSize;
import dev.darkroom.jobs.generate.Seeds;
import dev.darkroom.jobs.generate.Wishes;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import dev.darkroom.jobs.run.ChunkedRun;
import dev.darkroom.udfs.generate.PipelineSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code darkroom generate}. */
@Command(
    name = "generate",
    sortOptions = false,
    description = {
      "Draws images for prompts with a diffusion model, into a Delta table: one row for each"
          + " prompt, seed, and combination of the other lists.",
      "The same prompt, seed, model and parameters give the same image, whatever else is drawn with"
          + " it. Running it again draws what is new or failed."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example: darkroom generate --prompts prompts.txt --seeds 0..3 --output images --grid",
      "         darkroom generate --prompts captions --column caption --output images"
          + " --guidance 3,4.5"
    })
public final class GenerateCommand implements JobCommand {
  @Option(
      names = "--prompts",
      required = true,
      paramLabel = "<uri>",
      description =
          "Text files of a prompt a line, or a CSV, JSON, Parquet or Delta table. Default: none, it"
              + " must be named.")
  private String prompts = "";

  @Option(
      names = "--column",
      paramLabel = "<name>",
      description = "Column of prompts in a table. Default: prompt, text or caption.")
  private Optional<String> column = Optional.empty();

  @Option(
      names = "--set-column",
      paramLabel = "<name>",
      description =
          "Column that names each prompt's set, such as its category. Default: the name of the"
              + " prompt's file.")
  private Optional<String> set = Optional.empty();

  @Option(
      names = "--where",
      paramLabel = "<sql>",
      description = "Only prompts of rows that fulfil this condition. Default: all.")
  private Optional<String> where = Optional.empty();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "<uri>",
      description = "Delta table, made where it is not there. Default: none, it must be named.")
  private String output = "";

  @Option(
      names = "--seeds",
      paramLabel = "<seeds>",
      converter = SeedsConverter.class,
      description = "Numbers and ranges such as 0..3,17. Default: 0.")
  private Seeds seeds = Seeds.of("0");

  @Option(
      names = "--negative",
      paramLabel = "<text>",
      description = "What images shall not be; may be given several times. Default: nothing.")
  private List<String> negatives = new ArrayList<>();

  @Option(
      names = "--style",
      split = ",",
      paramLabel = "<style>",
      converter = StyleConverter.class,
      description =
          "Put before each prompt: photography, pixel-art, pencil-drawing, monet, van-gogh."
              + " Default: none.")
  private List<StylePrefix> styles = new ArrayList<>();

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "<steps>",
      description = "Sampling steps. Default: the model's.")
  private List<Integer> steps = new ArrayList<>();

  @Option(
      names = "--guidance",
      split = ",",
      paramLabel = "<scale>",
      description = "Classifier-free guidance; 1 is none. Default: the model's.")
  private List<Double> guidances = new ArrayList<>();

  @Option(
      names = "--scheduler",
      split = ",",
      paramLabel = "<sampler>",
      converter = SamplerConverter.class,
      description =
          "ddpm, ddim, dpm_solver_multistep, sa_solver, flow_match_euler. Default: the model's.")
  private List<SamplerKind> samplers = new ArrayList<>();

  @Option(
      names = "--size",
      split = ",",
      paramLabel = "<pixels>",
      converter = SizeConverter.class,
      description = "One side, or width and height such as 768x512. Default: the model's.")
  private List<PictureSize> sizes = new ArrayList<>();

  @Option(
      names = "--minority",
      split = ",",
      paramLabel = "<strength>",
      description = "Minority guidance, towards what is rare; 0 is none. Default: 0.")
  private List<Double> minorities = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "<uri>",
      description =
          "Folder of a diffusion model in ONNX, on any file system. Default: the tiny model that"
              + " comes along, which draws simple shapes.")
  private String model = PipelineSource.INSTALLED;

  @Option(
      names = "--model-sha256",
      paramLabel = "<hex>",
      description = "The hash that the model must have, as the table tells it. Default: any.")
  private Optional<String> modelSha256 = Optional.empty();

  @Option(
      names = "--batch-size",
      paramLabel = "<images>",
      description = "Images that are drawn together. Default: ${DEFAULT-VALUE}.")
  private int batchSize = 8;

  @Mixin private final GpuOptions gpus = new GpuOptions();

  @Option(
      names = "--chunk",
      paramLabel = "<images>",
      description =
          "Images to a transaction; a run that is killed loses at most "
              + ChunkedRun.LOST_AT_MOST
              + " chunks. Default:"
              + " ${DEFAULT-VALUE} images.")
  private int chunk = 1000;

  @Option(
      names = "--keep-failed",
      description = "Leave alone what has failed before. Default: false, it is tried again.")
  private boolean keepFailed;

  @Option(
      names = "--compress",
      description =
          "Keep images as payloads of the iFlow codec, which are smaller. Default: false, as PNG.")
  private boolean compressed;

  @Option(
      names = "--grid",
      description =
          "Write contact sheets as well, one for each prompt, to the folder <output>.grid. Default:"
              + " false.")
  private boolean grid;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    Limits limits =
        new Limits()
            .filled("--prompts", prompts)
            .filled("--output", output)
            .filled("--model", model)
            .filled("--column", column.orElse("-"))
            .filled("--set-column", set.orElse("-"))
            .condition(where)
            .range("--batch-size", batchSize, 1, 4096)
            .range("--chunk", chunk, 1, 1_000_000);
    steps.forEach(count -> limits.range("--steps", count, 1, 10_000));
    List<String> problems = new ArrayList<>(limits.problems());
    if (guidances.stream().anyMatch(scale -> !(scale >= 1 && scale <= 1000))) {
      problems.add("--guidance must be 1 to 1000");
    }
    if (minorities.stream().anyMatch(strength -> !(strength >= 0 && strength <= 1000))) {
      problems.add("--minority must be 0 to 1000");
    }
    problems.addAll(gpus.problems());
    modelSha256
        .filter(hash -> !hash.matches("[0-9a-f]{64}"))
        .ifPresent(hash -> problems.add("--model-sha256 must be 64 lower-case hexadecimal digits"));
    return problems;
  }

  @Override
  public int run(Console console) {
    String table = output.replaceAll("/+$", "");
    GenerateOptions options =
        new GenerateOptions(
            prompts,
            column,
            set,
            where,
            new Wishes(seeds, negatives, styles, steps, guidances, samplers, minorities, sizes),
            output,
            new PipelineSource(model, modelSha256.orElse(""), batchSize),
            gpus.demand(),
            chunk,
            GenerateOptions.BATCHES_PER_TASK * batchSize,
            !keepFailed,
            compressed,
            grid ? Optional.of(table + ".grid") : Optional.empty());
    SparkSession spark = Sessions.open("generate");
    GenerateSummary summary = new GenerateJob(options).run(spark, console);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(summary, common.json(), common.summaryFile(output, "generate"));
    return Darkroom.OK;
  }

  private static final class SeedsConverter implements ITypeConverter<Seeds> {
    @Override
    public Seeds convert(String text) {
      try {
        return Seeds.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static final class SizeConverter implements ITypeConverter<PictureSize> {
    @Override
    public PictureSize convert(String text) {
      try {
        return PictureSize.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static final class StyleConverter implements ITypeConverter<StylePrefix> {
    @Override
    public StylePrefix convert(String text) {
      try {
        return StylePrefix.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static final class SamplerConverter extends LowerCaseEnums<SamplerKind> {
    SamplerConverter() {
      super(SamplerKind.class);
    }
  }
}
