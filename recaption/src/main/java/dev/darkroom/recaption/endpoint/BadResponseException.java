package dev.darkroom.recaption.endpoint;

/** A response is no chat completion. */
final class BadResponseException extends Exception {
  private static final long serialVersionUID = 1;

  BadResponseException(String message) {
    super(message);
  }
}
