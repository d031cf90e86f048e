package dev.darkroom.jobs.source;

import static org.apache.spark.sql.functions.lit;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * All paths from one to another, in Spark's order: by their bytes in UTF-8. Java orders strings by
 * their units in UTF-16, which puts some letters before others that Spark puts behind them.
 *
 * @param least the first
 * @param greatest the last
 */
public record PathRange(UTF8String least, UTF8String greatest) {
  /**
   * The smallest range that holds these.
   *
   * @param paths one or more
   */
  public static PathRange of(Collection<String> paths) {
    List<UTF8String> ordered = paths.stream().map(UTF8String::fromString).toList();
    return new PathRange(Collections.min(ordered), Collections.max(ordered));
  }

  /** Whether no path is in both. */
  public boolean isApartFrom(PathRange other) {
    return greatest.compareTo(other.least) < 0 || other.greatest.compareTo(least) < 0;
  }

  /** Whether a path of a table is in it. */
  public Column holds(Column path) {
    return path.between(lit(least.toString()), lit(greatest.toString()));
  }
}
