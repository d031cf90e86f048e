package dev.darkroom.models;

/** A manifest has a line that can't be used. */
public final class ManifestException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String line;

  ManifestException(String line, String message) {
    super(message);
    this.line = line;
  }

  /** The line as it is written. */
  public String line() {
    return line;
  }
}
