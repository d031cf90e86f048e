package dev.darkroom.generation;

/** A model folder can't be used: says what is missing or wrong, and what to do. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ModelException(String message) {
    super(message);
  }

  ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
