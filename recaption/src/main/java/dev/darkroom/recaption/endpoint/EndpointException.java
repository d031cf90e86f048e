package dev.darkroom.recaption.endpoint;

/**
 * An endpoint or a server can't be used at all, for any row: it is not there, it serves another
 * model, it doesn't start. The message says what is wrong, why, and what to do, without secrets.
 */
public final class EndpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what is wrong, why, and what to do. */
  public EndpointException(String message) {
    super(message);
  }
}
