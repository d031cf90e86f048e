package dev.darkroom.jobs.table;

import dev.darkroom.jobs.report.Quantity;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Rows of an archive that a data file did not give.
 *
 * @param dataFile the file's URI
 * @param rows how many rows are concerned
 * @param missing whether the file is not there at all
 * @param message what is wrong, why, and what to do
 */
public record UnreadRows(String dataFile, long rows, boolean missing, String message) {
  /** The type of failure where a data file is not there. */
  public static final String MISSING_FILE = "MISSING_FILE";

  /** The type of failure where a data file can't be read to its end. */
  public static final String DAMAGED_FILE = "DAMAGED_FILE";

  /** The kind of failure, as summaries count it. */
  public String type() {
    return missing ? MISSING_FILE : DAMAGED_FILE;
  }

  /** The line for a summary. */
  public String line() {
    return dataFile + ": " + message;
  }

  /**
   * Compares what data files should have given with what they gave.
   *
   * @param expected rows by data file
   * @param read rows by data file
   * @return the differences, in the order of the files' URIs
   */
  public static List<UnreadRows> between(
      Map<String, Long> expected, Map<String, Long> read, Configuration hadoop) {
    List<UnreadRows> unread = new ArrayList<>();
    new TreeMap<>(expected)
        .forEach(
            (file, rows) -> {
              long got = read.getOrDefault(file, 0L);
              if (got != rows) {
                unread.add(of(file, rows, got, hadoop));
              }
            });
    return unread;
  }

  private static UnreadRows of(String file, long expected, long got, Configuration hadoop) {
    String rows = Quantity.count(Math.abs(expected - got));
    if (got > expected) {
      return new UnreadRows(
          file,
          got - expected,
          false,
          "the data file gave %s rows more than the table's log says; restore the data file from another copy"
              .formatted(rows));
    }
    if (isMissing(file, hadoop)) {
      return new UnreadRows(
          file,
          expected - got,
          true,
          "%s rows could not be read, because the data file is not there; restore it from another copy"
              .formatted(rows));
    }
    return new UnreadRows(
        file,
        expected - got,
        false,
        "%s of %s rows could not be read, because the data file is damaged or its store failed; restore it from another copy if another run says the same"
            .formatted(rows, Quantity.count(expected)));
  }

  private static boolean isMissing(String file, Configuration hadoop) {
    try {
      Path path = new Path(URI.create(file));
      return !path.getFileSystem(hadoop).exists(path);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
