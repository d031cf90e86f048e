package dev.darkroom.jobs.prune;

import dev.darkroom.jobs.report.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What both summaries tell in the same way. */
final class SummaryLines {
  private SummaryLines() {}

  static SortedMap<String, Long> sorted(Map<String, Long> kept) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(kept));
  }

  static List<String> of(
      Map<String, Long> kept, long failed, List<String> failures, double seconds) {
    List<String> lines = new ArrayList<>();
    lines.add("  kept           " + Quantity.count(kept.values().stream().mapToLong(n -> n).sum()));
    kept.forEach((reason, files) -> lines.add("    " + reason + ": " + Quantity.count(files)));
    lines.add("  failed         " + Quantity.count(failed));
    failures.forEach(failure -> lines.add("    " + failure));
    if (failures.size() < failed) {
      lines.add("    and more; these are the first " + Quantity.count(failures.size()));
    }
    lines.add("  time           " + Quantity.decimal(seconds, 1) + " s");
    return lines;
  }
}
