package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.Darkroom;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import dev.darkroom.jobs.restore.NameStyle;
import dev.darkroom.jobs.restore.RestoreForm;
import dev.darkroom.jobs.restore.RestoreJob;
import dev.darkroom.jobs.restore.RestoreOptions;
import dev.darkroom.jobs.restore.RestoreSummary;
import dev.darkroom.jobs.restore.VersionChoice;
import java.util.ArrayList;
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
      "Every file comes back byte for byte; what was archived with --fidelity pixels as a PNG of"
          + " its pixels. Nothing is written outside the output folder. Every file has a name of"
          + " its own; names that differ from the archive's are listed."
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

  @Option(
      names = "--as",
      paramLabel = "<form>",
      converter = Forms.class,
      description =
          "files: every image is a file; tar: images that were members of a tar are"
              + " members of one again, in their order, and others are files. Default:"
              + " files.")
  private RestoreForm form = RestoreForm.FILES;

  @Option(
      names = "--versions",
      paramLabel = "<which>",
      converter = Versions.class,
      description =
          "newest: of several versions of one path the newest; all: older ones too,"
              + " under names of their own. Default: newest.")
  private VersionChoice versions = VersionChoice.NEWEST;

  @Option(
      names = "--names",
      paramLabel = "<style>",
      converter = Styles.class,
      description =
          "asis: names as they were, where the file system holds them; portable:"
              + " names that Windows and macOS hold too, and none that differ in case"
              + " alone. Default: asis, on Windows portable.")
  private NameStyle names = NameStyle.ASIS;

  @Option(
      names = "--listing",
      paramLabel = "<file>",
      description =
          "JSON lines with the files that are called otherwise than in the archive,"
              + " and why. Default: <output>.names.jsonl.")
  private Optional<String> listing = Optional.empty();

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    List<String> problems =
        new ArrayList<>(
            new Limits()
                .filled("--input", input)
                .filled("--output", output)
                .condition(where)
                .filled("--listing", listing.orElse("none"))
                .problems());
    if (form == RestoreForm.TAR && versions == VersionChoice.ALL) {
      problems.add("--as tar takes the newest versions alone; leave out --versions all");
    }
    return problems;
  }

  @Override
  public int run(Console console) {
    SparkSession spark = Sessions.open("restore");
    RestoreSummary summary =
        new RestoreJob(
                new RestoreOptions(
                    input,
                    output,
                    where,
                    overwrite,
                    names,
                    versions,
                    form,
                    listing.orElse(RestoreOptions.listingBeside(output))))
            .run(spark, console);
    new SummaryWriter(console, spark.sparkContext().hadoopConfiguration())
        .write(summary, common.json(), common.summaryFile(output, "restore"));
    return summary.failed() == 0 ? Darkroom.OK : Darkroom.FAILED;
  }

  private static final class Forms extends LowerCaseEnums<RestoreForm> {
    Forms() {
      super(RestoreForm.class);
    }
  }

  private static final class Versions extends LowerCaseEnums<VersionChoice> {
    Versions() {
      super(VersionChoice.class);
    }
  }

  private static final class Styles extends LowerCaseEnums<NameStyle> {
    Styles() {
      super(NameStyle.class);
    }
  }
}
