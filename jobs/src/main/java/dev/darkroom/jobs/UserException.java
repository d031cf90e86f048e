package dev.darkroom.jobs;

/**
 * Something the user asked for can't be done: one line that says what, why, and what to do instead.
 *
 * <p>The command line prints it without a stack trace and exits with status 2. A bug is any other
 * exception.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal with a message that names problem, reason and remedy on one line. */
  public UserException(String message) {
    super(message);
  }

  /** A refusal caused by another exception. */
  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
