package dev.darkroom.jobs.compress;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run of {@code compress} did.
 *
 * @param input the input, as it was named
 * @param output the table
 * @param profile the profile that coded
 * @param fidelity {@code pixels} or {@code file}
 * @param listed files found in the input
 * @param skipped of these, files that the archive had already
 * @param skippedFailed of these, files that failed before and have not changed
 * @param duplicates of these, rows with the path and the bytes of another
 * @param leftOut folders, devices and pipes in tars, which are not listed as they have no bytes
 * @param coded of these, images whose pixels were coded
 * @param stored of these, files kept as they are
 * @param noImages of the stored ones, files that are no image
 * @param storedBecause the stored ones by reason, see {@link StoredReason}
 * @param failed of these, files that could not be read, and got a row with an error
 * @param unaccounted of these, files of which none of the counts above tells; 0 unless the input
 *     changed while it was read, or could not be counted beforehand
 * @param recoded of the coded and stored ones, images that were kept as pixels so far
 * @param otherProfile images of the archive that were coded with another profile, and stay as they
 *     are; 0 where nothing was skipped
 * @param bytesIn bytes of the coded and stored files
 * @param bytesOut bytes of their payloads
 * @param bpsp payload bits per subpixel over all coded images; 0 where there is none
 * @param seconds how long the run took
 * @param imagesPerSecond coded, stored and failed files per second
 * @param codecs coded and stored files by codec
 * @param warnings coded and stored files with which something is wrong, by type of error
 * @param failures failed files by type of error
 * @param leftBehindImages coded images whose files say more than is restored
 * @param leftBehind of these, images by what is not restored: orientation, exif, ...
 */
public record CompressSummary(
    String input,
    String output,
    String profile,
    String fidelity,
    long listed,
    long skipped,
    long skippedFailed,
    long duplicates,
    long leftOut,
    long coded,
    long stored,
    long noImages,
    Map<StoredReason, Long> storedBecause,
    long failed,
    long unaccounted,
    long recoded,
    long otherProfile,
    long bytesIn,
    long bytesOut,
    double bpsp,
    double seconds,
    double imagesPerSecond,
    Map<String, Long> codecs,
    Map<String, Long> warnings,
    Map<String, Long> failures,
    long leftBehindImages,
    Map<String, Long> leftBehind)
    implements Summary {

  /** Sorts and copies the maps. */
  public CompressSummary {
    storedBecause = Collections.unmodifiableMap(new TreeMap<>(storedBecause));
    codecs = Collections.unmodifiableMap(new TreeMap<>(codecs));
    warnings = Collections.unmodifiableMap(new TreeMap<>(warnings));
    failures = Collections.unmodifiableMap(new TreeMap<>(failures));
    leftBehind = Collections.unmodifiableMap(new TreeMap<>(leftBehind));
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("compressed " + input + " into " + output);
    lines.add("  listed     " + Quantity.count(listed));
    lines.add("  coded      " + Quantity.count(coded));
    lines.add("  stored     " + Quantity.count(stored) + " (as their files)");
    storedBecause.forEach(
        (reason, count) -> lines.add("    " + reason.line(Quantity.count(count))));
    if (!warnings.isEmpty()) {
      long warned = warnings.values().stream().mapToLong(Long::longValue).sum();
      lines.add(
          "  warnings   "
              + Quantity.count(warned)
              + " (kept all the same; error_message says why)");
    }
    warnings.forEach((type, count) -> lines.add("    " + type + ": " + Quantity.count(count)));
    lines.add("  skipped    " + Quantity.count(skipped) + " (already in the archive)");
    if (skippedFailed > 0) {
      lines.add(
          "  not tried  "
              + Quantity.count(skippedFailed)
              + " (failed before and unchanged; --retry-failed tries them again)");
    }
    if (duplicates > 0) {
      lines.add(
          "  duplicates "
              + Quantity.count(duplicates)
              + " (rows with the path and bytes of another)");
    }
    if (leftOut > 0) {
      lines.add(
          "  left out   "
              + Quantity.count(leftOut)
              + " (folders, devices and pipes in tars; they hold no bytes)");
    }
    lines.add("  failed     " + Quantity.count(failed));
    failures.forEach((type, count) -> lines.add("    " + type + ": " + Quantity.count(count)));
    if (unaccounted != 0) {
      lines.add(
          "  not told   %s (listed, and none of the above: the input changed, or was estimated)"
              .formatted(Quantity.count(unaccounted)));
    }
    if (recoded > 0) {
      lines.add("  recoded    " + Quantity.count(recoded) + " (were kept as pixels)");
    }
    if (otherProfile > 0) {
      lines.add(
          "  other profile: %s images of the archive are not coded with '%s' and stay as they are;"
                  .formatted(Quantity.count(otherProfile), profile)
              + " --no-resume codes them again");
    }
    if (leftBehindImages > 0) {
      lines.add(
          "  left behind by %s images: %s; --fidelity file keeps it"
              .formatted(
                  Quantity.count(leftBehindImages),
                  leftBehind.entrySet().stream()
                      .map(entry -> entry.getKey() + " " + Quantity.count(entry.getValue()))
                      .collect(Collectors.joining(", "))));
    }
    lines.add(
        "  bytes      %s in, %s out (%s)"
            .formatted(
                Quantity.bytes(bytesIn),
                Quantity.bytes(bytesOut),
                Quantity.share(bytesOut, bytesIn)));
    if (bpsp > 0) {
      lines.add("  bpsp       " + Quantity.decimal(bpsp, 3) + " bits per subpixel, coded images");
    }
    lines.add(
        "  time       %s s, %s files/s"
            .formatted(Quantity.decimal(seconds, 1), Quantity.decimal(imagesPerSecond, 1)));
    return lines;
  }
}
