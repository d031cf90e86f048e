package dev.darkroom.compression.image;

import java.util.Objects;

/** A file that gives no raster: why, and what to do about it. */
public final class ImageDecodeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The reasons, as they appear in tables. */
  public enum ErrorType {
    /** The content is of no image format known here. */
    NOT_AN_IMAGE,
    /** An image of a format or kind that is known and not read. */
    UNSUPPORTED,
    /** A valid image that is not one raster of 8 or 16-bit integers: animated, many pages, CMYK. */
    NOT_ONE_RASTER,
    /** The content contradicts the format or its checksums. */
    CORRUPT,
    /** The file ends before the image does. */
    TRUNCATED,
    /** More pixels or bytes than the limits allow. */
    TOO_LARGE,
    /** Decoding took longer than the limits allow. */
    TIMEOUT,
    /** Decoding needed more memory than there is. */
    OUT_OF_MEMORY,
    /** A decoder failed in a way that none should, which says nothing about the file. */
    INTERNAL
  }

  private final ErrorType type;

  /** A refusal with a message that names problem, reason and remedy. */
  public ImageDecodeException(ErrorType type, String message) {
    super(message);
    this.type = Objects.requireNonNull(type, "type");
  }

  /** A refusal that another failure led to. */
  public ImageDecodeException(ErrorType type, String message, Throwable cause) {
    super(message, cause);
    this.type = Objects.requireNonNull(type, "type");
  }

  /** Why there is no raster. */
  public ErrorType type() {
    return type;
  }
}
