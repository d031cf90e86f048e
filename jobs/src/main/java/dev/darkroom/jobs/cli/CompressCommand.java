package dev.darkroom.jobs.cli;

import dev.darkroom.compression.Profile;
import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.jobs.compress.CompressJob;
import dev.darkroom.jobs.compress.CompressOptions;
import dev.darkroom.jobs.compress.CompressSummary;
import dev.darkroom.jobs.compress.ImageLimits;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import dev.darkroom.jobs.run.ChunkedRun;
import dev.darkroom.jobs.source.SourceFormat;
import dev.darkroom.jobs.source.TableColumns;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code darkroom compress}. */
@Command(
    name = "compress",
    sortOptions = false,
    description = {
      "Compresses images losslessly into a Delta table.",
      "Every file that can be read is kept: coded, decoded again and compared before its row is"
          + " written, or else as its own bytes, with the reason where it should have been coded."
          + " One that can't be read becomes a row with a typed error. Running it again adds what"
          + " is new or changed."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example: darkroom compress --input photos --output archive",
      "Sizes may be written like 1000, 64KiB, 256MiB, 1GiB."
    })
public final class CompressCommand implements JobCommand {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "<uri>",
      description =
          "Images: a folder, file or glob, WebDataset tars, or a Parquet or Delta table of them. "
              + "Default: none, it must be named.")
  private String input = "";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "<uri>",
      description = "Delta table, made where it is not there. Default: none, it must be named.")
  private String output = "";

  @Option(
      names = "--profile",
      paramLabel = "<name>",
      converter = ProfileNames.class,
      description = "fast: for bulk work; flow: a deep flow, slow. Default: fast.")
  private Profile profile = Profile.FAST;

  @Option(
      names = "--fidelity",
      paramLabel = "<what>",
      converter = FidelityNames.class,
      description =
          "file: the file itself, byte for byte; pixels: samples and the metadata that PNG can"
              + " hold, for those who know what PNG cannot hold (the summary counts what is left"
              + " behind). Default: file.")
  private Fidelity fidelity = Fidelity.FILE;

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
      names = "--resume",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Leave out files that the table has with the same path, size and time; --no-resume codes "
              + "all anew. Under --fidelity file what the table has as pixels is coded anew in any"
              + " case. Default: true.")
  private boolean resume;

  @Option(
      names = "--retry-failed",
      description =
          "Try files again that could not be read before and have not changed. Default: false.")
  private boolean retryFailed;

  @Option(
      names = "--checksum",
      description =
          "Read every file to see whether it is what the table has, even where size and time are"
              + " the same. Default: false.")
  private boolean checksum;

  @Option(
      names = "--max-pixels",
      paramLabel = "<pixels>",
      description =
          "Keep images of more pixels (width x height) as their files, undecoded. Default:"
              + " ${DEFAULT-VALUE} pixels.")
  private long maxPixels = 100_000_000;

  @Option(
      names = "--max-bytes",
      paramLabel = "<bytes>",
      converter = ByteSize.class,
      description = "Refuse files of more bytes, without reading them. Default: 256MiB.")
  private Long maxBytes = 256L << 20;

  @Option(
      names = "--timeout",
      paramLabel = "<seconds>",
      description =
          "Seconds for one file: one that is read by then and not yet coded and checked is kept as"
              + " its bytes, one that is not read fails. Default: ${DEFAULT-VALUE} seconds.")
  private int timeout = 600;

  @Option(
      names = "--input-format",
      paramLabel = "<format>",
      converter = SourceFormats.class,
      description = "auto, files, webdataset, parquet or delta. Default: auto, by what is there.")
  private SourceFormat inputFormat = SourceFormat.AUTO;

  @Option(
      names = "--path-column",
      paramLabel = "<name>",
      description = "Column of a table that names its images. Default: ${DEFAULT-VALUE}.")
  private String pathColumn = TableColumns.DEFAULT.path().orElseThrow();

  @Option(
      names = "--bytes-column",
      paramLabel = "<name>",
      description = "Column of a table that holds their bytes. Default: ${DEFAULT-VALUE}.")
  private String bytesColumn = TableColumns.DEFAULT.bytes().orElseThrow();

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    return new Limits()
        .filled("--input", input)
        .filled("--output", output)
        .filled("--path-column", pathColumn)
        .filled("--bytes-column", bytesColumn)
        .range("--chunk", chunk, 1, 1_000_000)
        .range("--max-pixels", maxPixels, 1, 500_000_000)
        .range("--max-bytes", maxBytes, 1, Integer.MAX_VALUE - 16)
        .range("--timeout", timeout, 1, 86_400)
        .problems();
  }

  @Override
  public int run(Console console) {
    CompressOptions options =
        new CompressOptions(
            input,
            inputFormat,
            TableColumns.exactly(pathColumn, bytesColumn),
            output,
            profile,
            fidelity,
            chunk,
            resume,
            retryFailed,
            checksum,
            new ImageLimits(maxPixels, maxBytes, Duration.ofSeconds(timeout)));
    SparkSession spark = Sessions.open("compress");
    CompressSummary summary = new CompressJob(options).run(spark, console);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(summary, common.json(), common.summaryFile(output, "compress"));
    return 0;
  }

  private static final class ProfileNames extends LowerCaseEnums<Profile> {
    ProfileNames() {
      super(Profile.class);
    }
  }

  private static final class FidelityNames extends LowerCaseEnums<Fidelity> {
    FidelityNames() {
      super(Fidelity.class);
    }
  }

  private static final class SourceFormats extends LowerCaseEnums<SourceFormat> {
    SourceFormats() {
      super(SourceFormat.class);
    }
  }
}
