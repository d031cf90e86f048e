package dev.darkroom.compression;

import java.util.Objects;

/** A payload that can't be decoded: what is wrong, why, and what to do about it. */
public final class CodecException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The reasons a payload is refused for. */
  public enum Kind {
    /** Not a container, cut short, or its content does not match its hashes. */
    CORRUPT,
    /** Written by a newer version of the format than this code reads. */
    NEWER_VERSION,
    /** Coded with a model that is not installed. */
    UNKNOWN_MODEL,
    /** Larger than the limits that the caller set. */
    LIMIT_EXCEEDED
  }

  private final Kind kind;

  /** A refusal of the given kind, with a message that names problem, reason and remedy. */
  public CodecException(Kind kind, String message) {
    super(message);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** A refusal with the failure that revealed the damage. */
  public CodecException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** Why the payload was refused. */
  public Kind kind() {
    return kind;
  }
}
