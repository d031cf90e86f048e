package dev.darkroom.jobs;

import dev.darkroom.jobs.report.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a run of the command line said, and how it ended. */
public record Shell(int status, String out, String err) {
  /** Runs the command line in this process. */
  public static Shell run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Darkroom.run(new Console(stream(out), stream(err), false), args);
    return new Shell(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The lines of its errors, but for the hint that comes with wrong options. */
  public List<String> complaints() {
    return err.lines().filter(line -> !line.endsWith(" --help' tells what can be said")).toList();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
