package dev.darkroom.recaption.endpoint;

/** An endpoint could not be asked now; it may be later. */
final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1;

  UnreachableException(String message) {
    super(message);
  }
}
