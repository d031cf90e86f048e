package dev.darkroom.jobs;

import java.io.PrintStream;

/**
 * What a process says that is told to end while it works: one line. What Spark, its log and the job
 * would say of a session that went away under them is of no use to anyone.
 */
final class TerminationMessage {
  private final Gate err;
  private volatile boolean done;

  private TerminationMessage(Gate err) {
    this.err = err;
  }

  /** Stands between the process and its standard error from now on. */
  static TerminationMessage install() {
    Gate gate = new Gate(System.err);
    System.setErr(gate);
    TerminationMessage message = new TerminationMessage(gate);
    Runtime.getRuntime().addShutdownHook(new Thread(message::say, "termination-message"));
    return message;
  }

  /** The work is done: the end of the process is no news. */
  void done() {
    done = true;
  }

  private void say() {
    if (!done) {
      err.close(
          "darkroom: ended from outside before it was done; what is committed stays, and the same"
              + " command goes on from there");
    }
  }

  /** Lets nothing through once it is closed. */
  private static final class Gate extends PrintStream {
    private final PrintStream target;
    private boolean closed;

    Gate(PrintStream target) {
      super(target, true);
      this.target = target;
    }

    synchronized void close(String lastLine) {
      target.println(lastLine);
      target.flush();
      closed = true;
    }

    @Override
    public synchronized void write(int value) {
      if (!closed) {
        super.write(value);
      }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      if (!closed) {
        super.write(bytes, offset, length);
      }
    }
  }
}
