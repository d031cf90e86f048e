package dev.darkroom.jobs.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every job. */
final class CommonOptions {
  @Option(
      names = "--summary-json",
      paramLabel = "<file>",
      description = "Where to keep the closing summary. Default: beside the output.")
  private Optional<String> summaryJson = Optional.empty();

  @Option(
      names = "--json",
      description = "Show the closing summary as JSON instead of lines. Default: false.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  @SuppressWarnings("UnusedVariable") // Read by picocli.
  private boolean help;

  boolean json() {
    return json;
  }

  /** The file for the summary: the one that was named, or one beside the given place. */
  String summaryFile(String beside, String job) {
    return summaryJson.orElse(beside.replaceAll("/+$", "") + "." + job + ".json");
  }
}
