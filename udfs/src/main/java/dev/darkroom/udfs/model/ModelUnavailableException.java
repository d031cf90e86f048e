package dev.darkroom.udfs.model;

/** A model that can't be had. The message says what is wrong, why, and what to do. */
public final class ModelUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A model that can't be had, for a reason of its own. */
  public ModelUnavailableException(String message) {
    super(message);
  }

  /** A model that can't be had, because of another failure. */
  public ModelUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
