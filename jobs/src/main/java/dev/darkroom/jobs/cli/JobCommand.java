package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.report.Console;
import java.util.List;

/** A subcommand whose options have been read. */
public interface JobCommand {
  /** What is wrong with the options, one line each; empty where all is well. */
  List<String> problems();

  /**
   * Runs the job.
   *
   * @return the process's exit status
   * @throws dev.darkroom.jobs.UserException where what was asked for can't be done
   */
  int run(Console console);
}
