package dev.darkroom.jobs.source;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which images of a source are wanted.
 *
 * @param where an SQL condition: on a table's own columns, and elsewhere on {@code source_path},
 *     {@code relative_path}, {@code file_size}, {@code modification_time} and {@code raw_caption}
 * @param limit how many images that fulfil it, at most
 */
public record Slice(Optional<String> where, OptionalLong limit) {
  /** All images. */
  public static final Slice ALL = new Slice(Optional.empty(), OptionalLong.empty());
}
