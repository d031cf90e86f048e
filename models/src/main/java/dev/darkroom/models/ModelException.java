package dev.darkroom.models;

/** A model folder can't be used: says what is missing or wrong, and what to do. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A folder that can't be used, for a reason of its own. */
  public ModelException(String message) {
    super(message);
  }

  /** A folder that can't be used, because of another failure. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
