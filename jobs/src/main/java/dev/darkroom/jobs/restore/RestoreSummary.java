package dev.darkroom.jobs.restore;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of {@code restore} did.
 *
 * @param input the table
 * @param output the folder
 * @param selected images that were to be restored
 * @param superseded older versions of selected paths
 * @param allVersions whether these were restored too, or left out
 * @param withoutPayload rows that failed to be archived and have nothing to restore
 * @param restored images written
 * @param alreadyThere images that were there with the same content
 * @param tars tars that images were restored into
 * @param members of the selected images, those that are members of a tar
 * @param renamed files, tars and members that are called otherwise than their rows say
 * @param listing the file that lists these; empty where there are none
 * @param failed images that could not be restored, or read from the table
 * @param bytesOut bytes written
 * @param seconds how long the run took
 * @param imagesPerSecond selected images per second
 * @param problems one line for each failed image, and for each data file that could not be read,
 *     {@value #MOST_PROBLEMS} at most
 */
public record RestoreSummary(
    String input,
    String output,
    long selected,
    long superseded,
    boolean allVersions,
    long withoutPayload,
    long restored,
    long alreadyThere,
    long tars,
    long members,
    long renamed,
    String listing,
    long failed,
    long bytesOut,
    double seconds,
    double imagesPerSecond,
    List<String> problems)
    implements Summary {
  /** How many problems are listed. */
  public static final int MOST_PROBLEMS = 1000;

  /** Takes a copy of the list. */
  public RestoreSummary {
    problems = List.copyOf(problems);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("restored " + input + " into " + output);
    lines.add("  selected   " + Quantity.count(selected));
    lines.add("  restored   " + Quantity.count(restored) + ", " + Quantity.bytes(bytesOut));
    lines.add("  unchanged  " + Quantity.count(alreadyThere) + " (there with the same content)");
    if (tars > 0) {
      lines.add(
          "  tars       %s, of %s members; %s more are of no tar, and files"
              .formatted(
                  Quantity.count(tars),
                  Quantity.count(members),
                  Quantity.count(selected - members)));
    }
    if (renamed > 0) {
      lines.add("  renamed    " + Quantity.count(renamed) + " (listed in " + listing + ")");
    }
    if (superseded > 0) {
      lines.add(
          "  superseded "
              + Quantity.count(superseded)
              + (allVersions
                  ? " (older versions of the same paths, restored under names of their own)"
                  : " (older versions of the same paths, left out; --versions all restores them)"));
    }
    if (withoutPayload > 0) {
      lines.add("  no payload " + Quantity.count(withoutPayload) + " (failed to be archived)");
    }
    lines.add("  failed     " + Quantity.count(failed));
    problems.forEach(problem -> lines.add("    " + problem));
    if (problems.size() == MOST_PROBLEMS) {
      lines.add("    and perhaps more; these are the first " + Quantity.count(MOST_PROBLEMS));
    }
    lines.add(
        "  time       %s s, %s files/s"
            .formatted(Quantity.decimal(seconds, 1), Quantity.decimal(imagesPerSecond, 1)));
    return lines;
  }
}
