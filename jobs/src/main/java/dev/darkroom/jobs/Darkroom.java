package dev.darkroom.jobs;

import dev.darkroom.jobs.cli.CompressCommand;
import dev.darkroom.jobs.cli.DemoCommand;
import dev.darkroom.jobs.cli.GenerateCommand;
import dev.darkroom.jobs.cli.JobCommand;
import dev.darkroom.jobs.cli.NounsCommand;
import dev.darkroom.jobs.cli.PruneCommand;
import dev.darkroom.jobs.cli.RecaptionCommand;
import dev.darkroom.jobs.cli.ReportCommand;
import dev.darkroom.jobs.cli.RestoreCommand;
import dev.darkroom.jobs.cli.ScenesCommand;
import dev.darkroom.jobs.cli.ScoreCommand;
import dev.darkroom.jobs.cli.SelectCommand;
import dev.darkroom.jobs.cli.Sessions;
import dev.darkroom.jobs.cli.VerifyCommand;
import dev.darkroom.jobs.report.Console;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/**
 * The command line. Exit status 0: done; 1: done, and something differs, or a bug with its stack
 * trace; 2: what was asked for can't be done, one line for each reason.
 */
@Command(
    name = "darkroom",
    version = "darkroom " + Version.NUMBER,
    mixinStandardHelpOptions = true,
    description = "Develops image datasets at scale, on Spark.",
    synopsisSubcommandLabel = "<job>",
    commandListHeading = "%nJobs:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "'darkroom <job> --help' tells each job's options.",
      "Exit status: 0 done; 1 something differs or a bug; 2 can't be done as asked."
    },
    subcommands = {
      CompressCommand.class,
      RestoreCommand.class,
      VerifyCommand.class,
      PruneCommand.class,
      RecaptionCommand.class,
      NounsCommand.class,
      SelectCommand.class,
      GenerateCommand.class,
      ReportCommand.class,
      ScenesCommand.class,
      ScoreCommand.class,
      DemoCommand.class
    })
public final class Darkroom {
  /** Everything went well. */
  public static final int OK = 0;

  /** Something differs, or there is a bug. */
  public static final int FAILED = 1;

  /** What was asked for can't be done. */
  public static final int REFUSED = 2;

  private Darkroom() {}

  /** Runs the command line in this process and ends it. */
  public static void main(String[] args) {
    TerminationMessage termination = TerminationMessage.install();
    int status = run(Console.ofProcess(), args);
    Sessions.close();
    termination.done();
    // Under spark-submit in cluster mode an exit with 0 could overtake the session's own end.
    if (status != OK) {
      System.exit(status);
    }
  }

  /** Runs the command line and returns the exit status. */
  public static int run(Console console, String... args) {
    CommandLine line = commandLine();
    ParseResult result = line.parseArgs(args);
    List<String> problems = new ArrayList<>();
    while (true) {
      CommandLine current = result.commandSpec().commandLine();
      if (result.isUsageHelpRequested()) {
        current.usage(console.out());
        return OK;
      }
      if (result.isVersionHelpRequested()) {
        current.printVersionHelp(console.out());
        return OK;
      }
      result.errors().forEach(e -> problems.add(oneLine(e.getMessage())));
      if (!result.hasSubcommand()) {
        break;
      }
      result = result.subcommand();
    }
    CommandLine current = result.commandSpec().commandLine();
    if (problems.isEmpty() && !(current.getCommand() instanceof JobCommand)) {
      current.usage(console.err());
      return REFUSED;
    }
    if (current.getCommand() instanceof JobCommand job) {
      problems.addAll(job.problems());
      if (problems.isEmpty()) {
        return run(console, job);
      }
    }
    problems.forEach(problem -> console.err().println("darkroom: " + problem));
    console
        .err()
        .println(
            "'%s --help' tells what can be said"
                .formatted(current.getCommandSpec().qualifiedName()));
    return REFUSED;
  }

  /** The command line with all subcommands. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Darkroom());
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(96);
    collectErrors(line);
    return line;
  }

  private static void collectErrors(CommandLine line) {
    line.getCommandSpec().parser().collectErrors(true);
    line.getSubcommands().values().forEach(Darkroom::collectErrors);
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // A bug's stack trace is for whoever reports it.
  private static int run(Console console, JobCommand job) {
    try {
      return job.run(console);
    } catch (UserException e) {
      console.err().println("darkroom: " + oneLine(e.getMessage()));
      return REFUSED;
    } catch (RuntimeException e) {
      e.printStackTrace(console.err());
      return FAILED;
    }
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ");
  }
}
