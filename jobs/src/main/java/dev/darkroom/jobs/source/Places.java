package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where inputs and outputs of a job lie to each other. */
public final class Places {
  private final Configuration hadoop;

  /** Places on the file systems that the configuration knows. */
  public Places(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Refuses an output that the next run would take for input.
   *
   * @throws UserException where it lies in the input, or one of both is no place
   */
  public void refuseOutputInInput(String input, String output) {
    try {
      if (isIn(place(output), place(input))) {
        throw new UserException(
            "output '%s' lies in input '%s', and would be read with it; name another folder"
                .formatted(output, input));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unopened(input, output, e);
    }
  }

  /**
   * Refuses an output that would replace what a job or the next run reads, or be read with it: one
   * of both places lies in the other, or is the other.
   *
   * @throws UserException where it does, or one of both is no place
   */
  public void refuseOverlap(String input, String output) {
    refuseOutputInInput(input, output);
    try {
      if (isIn(place(input), place(output))) {
        throw new UserException(
            "input '%s' lies in output '%s', and would be replaced with what is there; name another folder"
                .formatted(input, output));
      }
    } catch (IOException e) {
      throw unopened(input, output, e);
    }
  }

  private static boolean isIn(String place, String folder) {
    return place.equals(folder) || place.startsWith(folder.replaceAll("/+$", "") + "/");
  }

  private static UserException unopened(String input, String output, Exception e) {
    return new UserException(
        "can't open input '%s' or output '%s': %s".formatted(input, output, Reason.of(e)), e);
  }

  private String place(String location) throws IOException {
    Path path = new Path(location);
    FileSystem fs = path.getFileSystem(hadoop);
    return fs.makeQualified(path).toString();
  }
}
