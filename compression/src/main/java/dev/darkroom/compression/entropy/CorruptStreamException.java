package dev.darkroom.compression.entropy;

/** A stream whose bits can't have been written by the encoder: cut short, altered or foreign. */
public final class CorruptStreamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal with a message that names the problem and the reason. */
  public CorruptStreamException(String message) {
    super(message);
  }
}
