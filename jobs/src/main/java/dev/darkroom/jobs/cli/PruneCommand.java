package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.Darkroom;
import dev.darkroom.jobs.prune.DeleteSummary;
import dev.darkroom.jobs.prune.ListSummary;
import dev.darkroom.jobs.prune.PruneJob;
import dev.darkroom.jobs.prune.PruneOptions;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.SummaryWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code darkroom prune}. */
@Command(
    name = "prune",
    sortOptions = false,
    description = {
      "Lists the files of a folder that an archive makes superfluous, and deletes them where that"
          + " is asked for.",
      "A file may go if its newest row in the archive is no member of a tar, was verified as it is"
          + " now and as a file, byte for byte, and has the size, time and SHA-256 that the file"
          + " has now. Hidden files (names with a dot or an underscore first) and links stay.",
      "Without --delete nothing is deleted: every path in the archive is listed, with the reason"
          + " why its file stays. With --delete, what was listed without a reason is checked once"
          + " more and deleted. That can't be undone, but 'darkroom restore' gives the files back."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example: darkroom verify --input archive --outcomes verified",
      "         darkroom prune --images photos --archive archive --outcomes verified --listing"
          + " prunable",
      "         darkroom prune --images photos --archive archive --listing prunable --delete",
      "Exit status 1: some files could not be deleted; they are listed, and the others are gone."
    })
public final class PruneCommand implements JobCommand {
  @Option(
      names = "--images",
      required = true,
      paramLabel = "<uri>",
      description =
          "Folder that 'darkroom compress' archived. Nothing elsewhere is deleted. Default: none,"
              + " it must be named.")
  private String images = "";

  @Option(
      names = "--archive",
      required = true,
      paramLabel = "<uri>",
      description = "Delta table of 'darkroom compress'. Default: none, it must be named.")
  private String archive = "";

  @Option(
      names = "--outcomes",
      paramLabel = "<uri>",
      description =
          "What 'darkroom verify --outcomes' kept of the archive. Default: none, it must be named"
              + " unless with --delete.")
  private Optional<String> outcomes = Optional.empty();

  @Option(
      names = "--listing",
      required = true,
      paramLabel = "<uri>",
      description =
          "Parquet table of the dry run, a row for each path: source_path, container, status,"
              + " fidelity, file_size, modification_time, file_sha256, version, archived_at,"
              + " verified_as, reason (null: the file may go). Written, and replaced where it is"
              + " there; with --delete read. Default: none, it must be named.")
  private String listing = "";

  @Option(
      names = "--kept-as-pixels",
      description =
          "Let also files go of which the archive keeps pixels alone: these do not come back as"
              + " they were. Default: false.")
  private boolean keptAsPixels;

  @Option(names = "--delete", description = "Delete what is listed. Default: false.")
  private boolean delete;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Override
  public List<String> problems() {
    List<String> problems =
        new ArrayList<>(
            new Limits()
                .filled("--images", images)
                .filled("--archive", archive)
                .filled("--outcomes", outcomes.orElse("none"))
                .filled("--listing", listing)
                .problems());
    if (delete && outcomes.isPresent()) {
      problems.add("--delete goes by what the listing says was verified; leave out --outcomes");
    }
    if (!delete && outcomes.isEmpty()) {
      problems.add(
          "--outcomes is missing: name what 'darkroom verify --outcomes' kept, or say --delete");
    }
    return problems;
  }

  @Override
  public int run(Console console) {
    SparkSession spark = Sessions.open("prune");
    PruneJob job = new PruneJob(new PruneOptions(images, archive, listing, keptAsPixels));
    SummaryWriter writer = new SummaryWriter(console, spark.sparkContext().hadoopConfiguration());
    if (delete) {
      DeleteSummary summary = job.delete(spark, console);
      writer.write(summary, common.json(), common.summaryFile(listing, "delete"));
      return summary.failed() == 0 ? Darkroom.OK : Darkroom.FAILED;
    }
    ListSummary summary = job.list(spark, console, outcomes.orElseThrow());
    writer.write(summary, common.json(), common.summaryFile(listing, "list"));
    return Darkroom.OK;
  }
}
