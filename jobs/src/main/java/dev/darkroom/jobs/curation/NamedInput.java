package dev.darkroom.jobs.curation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table to report on.
 *
 * @param name what to call it; none where its place tells
 * @param location a path or URI of any Hadoop file system
 */
public record NamedInput(Optional<String> name, String location) {
  /** A name has no slash and no colon, so that neither a path nor a URI is taken for one. */
  private static final Pattern NAMED = Pattern.compile("([^=/:\\\\]{1,60})=(.+)", Pattern.DOTALL);

  /** Reads {@code name=place}, or a place alone. */
  public static NamedInput of(String text) {
    Matcher named = NAMED.matcher(text);
    return named.matches()
        ? new NamedInput(Optional.of(named.group(1).strip()), named.group(2))
        : new NamedInput(Optional.empty(), text);
  }

  /** What to call it: its name, or the last name of its place without its ending. */
  public String label() {
    return name.orElseGet(
        () -> {
          String place = location.replaceAll("/+$", "");
          String last = place.substring(place.lastIndexOf('/') + 1);
          String stem = last.replaceFirst("(\\.(json|jsonl|ndjson|csv|tsv|parquet|gz))+$", "");
          return stem.isEmpty() ? location : stem;
        });
  }
}
