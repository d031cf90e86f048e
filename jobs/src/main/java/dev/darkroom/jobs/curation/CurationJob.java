package dev.darkroom.jobs.curation;

import dev.darkroom.jobs.Version;
import dev.darkroom.jobs.curation.figures.ArchiveFigures;
import dev.darkroom.jobs.curation.figures.CurationFigures;
import dev.darkroom.jobs.curation.figures.ImageFigures;
import dev.darkroom.jobs.curation.figures.InputFigures;
import dev.darkroom.jobs.curation.figures.Making;
import dev.darkroom.jobs.curation.page.ChartLibrary;
import dev.darkroom.jobs.curation.page.ReportPage;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.source.Places;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Reads tables of captions and images and reports what they are like. */
public final class CurationJob {
  /** The page for people. */
  public static final String PAGE = "index.html";

  /** The figures for programs. */
  public static final String FIGURES = "report.json";

  private final ReportOptions options;

  /** A job that does what the options say. */
  public CurationJob(ReportOptions options) {
    this.options = options;
  }

  /**
   * Reads, counts and writes the report.
   *
   * @throws dev.darkroom.jobs.UserException where an input can't be read, is empty or has nothing
   *     to report on, or where the output can't be written
   */
  public ReportSummary run(SparkSession spark, Console console) {
    Instant started = options.clock().instant();
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Places places = new Places(hadoop);
    options
        .inputs()
        .forEach(input -> places.refuseOutputInInput(input.location(), options.output()));
    List<ReportInput> inputs = new InputReader(spark, options.columns()).open(options.inputs());
    ReportFolder folder = new ReportFolder(options.output(), hadoop);
    folder.prepare();
    CurationFigures figures = figures(spark, console, inputs, started);
    Map<String, String> files = new LinkedHashMap<>();
    files.put(FIGURES, FiguresJson.of(figures) + "\n");
    files.put(PAGE, ReportPage.of(figures));
    folder.write(files);
    return ReportSummary.of(figures, folder.place(PAGE), folder.place(FIGURES));
  }

  private CurationFigures figures(
      SparkSession spark, Console console, List<ReportInput> inputs, Instant started) {
    InputMeasures measures = new InputMeasures(spark);
    console.err().println("report: counting rows, images and failures ...");
    List<InputFigures> about = inputs.stream().map(measures::of).toList();
    List<ImageFigures> images =
        inputs.stream().filter(input -> input.images().isPresent()).map(ImageMeasures::of).toList();
    List<ArchiveFigures> archives =
        inputs.stream()
            .filter(input -> input.kind() == InputKind.ARCHIVE)
            .map(ArchiveMeasures::of)
            .toList();
    console.err().println("report: counting words and nouns ...");
    CaptionCounting.Counted counted = new CaptionCounting(spark, options.threshold()).count(inputs);
    console.err().println("report: drawing a sample ...");
    return new CurationFigures(
        options
            .title()
            .orElseGet(
                () -> inputs.stream().map(ReportInput::name).collect(Collectors.joining(", "))),
        options.threshold(),
        about,
        counted.captions(),
        counted.shifts(),
        images,
        archives,
        inputs.stream().flatMap(input -> InputMeasures.failures(input).stream()).toList(),
        new Samples(spark, options).draw(inputs, counted.lengths()),
        making(spark, started));
  }

  private Making making(SparkSession spark, Instant started) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put(
        "input",
        options.inputs().stream().map(NamedInput::location).collect(Collectors.joining(", ")));
    asked.put(
        "column",
        options.columns().isEmpty() ? "by usual names" : String.join(", ", options.columns()));
    asked.put("threshold", Long.toString(options.threshold()));
    asked.put("samples", Integer.toString(options.samples()));
    asked.put("seed", Long.toString(options.seed()));
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Darkroom", Version.NUMBER);
    versions.put("Spark", spark.version());
    versions.put("Java", System.getProperty("java.version"));
    ChartLibrary.bundled().files().forEach(file -> versions.put(file.name(), file.version()));
    Instant now = options.clock().instant();
    return new Making(
        started.truncatedTo(ChronoUnit.SECONDS).toString(),
        Duration.between(started, now).toMillis() / 1000.0,
        asked,
        versions);
  }
}
