package dev.darkroom.jobs.compress;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;

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
   * @param row with {@code error_type}, and whether there are a width and a hash of pixels as
   *     {@code has_width} and {@code has_pixels}
   */
  static StoredReason of(Row row) {
    Optional<String> error = Optional.ofNullable(row.getAs("error_type"));
    if (error.isPresent()) {
      return error.get().equals(ErrorType.NOT_AN_IMAGE.name()) ? NO_IMAGE : WARNING;
    }
    if (row.<Boolean>getAs("has_pixels")) {
      return WOULD_NOT_SHRINK;
    }
    return row.<Boolean>getAs("has_width") ? LOSSY : NOT_ONE_RASTER;
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
