package dev.darkroom.jobs.compress;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.util.Locale;

/** Why a file is kept as its bytes; each stored file has one reason. */
public enum StoredReason {
  /** It is of no image format. */
  NO_IMAGE("no images", ""),
  /** A JPEG or a lossy WebP, which gets no smaller as exact samples. */
  LOSSY("lossy", " (JPEG or lossy WebP)"),
  /** It was decoded, and coding its pixels gains nothing over its bytes. */
  WOULD_NOT_SHRINK(
      "would not shrink", " (coded as images they would be larger, or come back otherwise)"),
  /** Animations, pages, layers: more than one raster, and not to be rebuilt from its samples. */
  NOT_ONE_RASTER("not one raster", " (animations, pages, samples that are no picture)"),
  /** Something is wrong with it, which its warning tells. */
  WARNING("with a warning", " (see warnings)");

  private final String title;
  private final String hint;

  StoredReason(String title, String hint) {
    this.title = title;
    this.hint = hint;
  }

  /**
   * The reason of a stored row.
   *
   * @param errorType its warning; null where nothing is wrong
   * @param hasWidth whether it is of an image, as far as its header tells
   * @param hasPixels whether it was decoded, and has a hash of its pixels
   */
  static StoredReason of(String errorType, boolean hasWidth, boolean hasPixels) {
    if (errorType != null) {
      return errorType.equals(ErrorType.NOT_AN_IMAGE.name()) ? NO_IMAGE : WARNING;
    }
    if (hasPixels) {
      return WOULD_NOT_SHRINK;
    }
    return hasWidth ? LOSSY : NOT_ONE_RASTER;
  }

  /** The name used in summaries. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String line(String count) {
    return title + ": " + count + hint;
  }
}
