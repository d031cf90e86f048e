package dev.darkroom.generation.scheduler;

/** A scheduler configuration that can't be used: says what is wrong, why, and what to do. */
public final class SchedulerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SchedulerException(String message) {
    super(message);
  }

  SchedulerException(String message, Throwable cause) {
    super(message, cause);
  }
}
