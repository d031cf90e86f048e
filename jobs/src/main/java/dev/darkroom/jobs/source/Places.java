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
      String from = place(input);
      String to = place(output);
      if (to.equals(from) || to.startsWith(from.replaceAll("/+$", "") + "/")) {
        throw new UserException(
            "output '%s' lies in input '%s', and would be read with it; name another folder"
                .formatted(output, input));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "can't open input '%s' or output '%s': %s".formatted(input, output, Reason.of(e)), e);
    }
  }

  private String place(String location) throws IOException {
    Path path = new Path(location);
    FileSystem fs = path.getFileSystem(hadoop);
    return fs.makeQualified(path).toString();
  }
}
