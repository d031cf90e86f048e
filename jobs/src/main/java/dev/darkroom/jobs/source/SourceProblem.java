package dev.darkroom.jobs.source;

import java.util.Objects;

/**
 * Why the bytes of an image can't be had.
 *
 * @param type as tables tell it
 * @param message what is wrong, why, and what to do
 */
public record SourceProblem(Type type, String message) {
  /** Refuses missing parts. */
  public SourceProblem {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(message, "message");
  }

  /** Kinds of problems. */
  public enum Type {
    /** Nothing is there. */
    MISSING,
    /** It is there and can't be read. */
    UNREADABLE,
    /** The file has more bytes than the limit allows. */
    TOO_LARGE,
    /** The server of a URL did not answer, or not in time, at any attempt. */
    UNAVAILABLE,
    /** A row of a table names a place that the options don't let it read. */
    NOT_ALLOWED,
    /** It failed before, has not changed, and is not to be tried again. */
    NOT_TRIED
  }
}
