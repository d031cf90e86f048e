package dev.darkroom.jobs.curation.figures;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a report was made.
 *
 * @param at when, in ISO 8601, UTC
 * @param seconds how long it took
 * @param options what was asked for
 * @param versions what it was made with
 */
public record Making(
    String at, double seconds, Map<String, String> options, Map<String, String> versions) {
  /** Takes copies, in their order. */
  public Making {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }
}
