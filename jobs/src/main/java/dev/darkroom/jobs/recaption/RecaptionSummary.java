package dev.darkroom.jobs.recaption;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run of {@code recaption} did.
 *
 * @param input the input, as it was named
 * @param output the table
 * @param model the model's name
 * @param modelSha256 its hash
 * @param images images found in the input
 * @param skipped of these, images about which the table had all answers
 * @param ok captions that ended by themselves
 * @param cut captions cut by the limit on new tokens
 * @param empty answers without a word
 * @param looping captions that repeat themselves
 * @param failed rows that got an error
 * @param ungrounded rows whose prompt wanted a raw caption that is not there
 * @param promptTokens tokens of all prompts
 * @param completionTokens tokens of all answers
 * @param seconds how long the run took
 * @param imagesPerSecond images that were not skipped, per second
 * @param tokensPerSecond tokens of answers per second
 * @param devices rows by what the model ran on
 * @param failures failed rows by type of error
 * @param canary rows that were asked again, singly
 */
public record RecaptionSummary(
    String input,
    String output,
    String model,
    String modelSha256,
    long images,
    long skipped,
    long ok,
    long cut,
    long empty,
    long looping,
    long failed,
    long ungrounded,
    long promptTokens,
    long completionTokens,
    double seconds,
    double imagesPerSecond,
    double tokensPerSecond,
    Map<String, Long> devices,
    Map<String, Long> failures,
    Checked canary)
    implements Summary {
  /**
   * Rows that were asked again, singly.
   *
   * @param rows how many
   * @param differences one line for each whose answer was another
   */
  public record Checked(int rows, List<String> differences) {
    /** Takes a copy. */
    public Checked {
      differences = List.copyOf(differences);
    }
  }

  /** Sorts and copies the maps. */
  public RecaptionSummary {
    devices = Collections.unmodifiableMap(new TreeMap<>(devices));
    failures = Collections.unmodifiableMap(new TreeMap<>(failures));
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("recaptioned " + input + " into " + output);
    lines.add("  model      " + model);
    lines.add("  images     " + Quantity.count(images));
    lines.add("  skipped    " + Quantity.count(skipped) + " (already in the table)");
    lines.add("  ok         " + Quantity.count(ok));
    line(lines, "  cut        ", cut, " (by the limit on new tokens)");
    line(lines, "  empty      ", empty, "");
    line(lines, "  looping    ", looping, "");
    line(lines, "  ungrounded ", ungrounded, " (without a raw caption; asked for a detailed one)");
    lines.add("  failed     " + Quantity.count(failed));
    failures.forEach((type, rows) -> lines.add("    " + type + ": " + Quantity.count(rows)));
    devices.forEach(
        (device, rows) -> lines.add("  on         " + device + ": " + Quantity.count(rows)));
    lines.add(
        "  canary     %d captions asked again one by one, %d differ"
            .formatted(canary.rows(), canary.differences().size()));
    canary.differences().forEach(difference -> lines.add("    " + difference));
    lines.add(
        "  time       %s s, %s images/s, %s tokens/s"
            .formatted(
                Quantity.decimal(seconds, 1),
                Quantity.decimal(imagesPerSecond, 1),
                Quantity.decimal(tokensPerSecond, 1)));
    return lines;
  }

  private static void line(List<String> lines, String name, long rows, String remark) {
    if (rows > 0) {
      lines.add(name + Quantity.count(rows) + remark);
    }
  }
}
