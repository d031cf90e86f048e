package dev.darkroom.compression.archive;

import java.util.Objects;

/**
 * Why a file failed, or could only be stored.
 *
 * @param type the kind, as tables count it: an {@link
 *     dev.darkroom.compression.image.ImageDecodeException.ErrorType}, or {@value #ENCODING},
 *     {@value #VERIFICATION}
 * @param message what is wrong, why, and what to do
 */
public record ArchiveFailure(String type, String message) {
  /** The coder failed; the file was stored. */
  public static final String ENCODING = "ENCODING_FAILED";

  /** Decoding did not give back what was encoded; the file was stored. */
  public static final String VERIFICATION = "VERIFICATION_FAILED";

  /** Refuses nulls. */
  public ArchiveFailure {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(message, "message");
  }
}
