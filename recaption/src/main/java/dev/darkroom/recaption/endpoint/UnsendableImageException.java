package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.CaptionFailure;

/** An image can't be sent. */
final class UnsendableImageException extends Exception {
  private static final long serialVersionUID = 1;

  private final CaptionFailure.Type type;

  UnsendableImageException(CaptionFailure.Type type, String message) {
    super(message);
    this.type = type;
  }

  CaptionFailure.Type type() {
    return type;
  }
}
