package dev.darkroom.jobs.source;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a source has to offer.
 *
 * @param listed images found, 1 or more
 * @param skipped of these, images the archive already has
 * @param skippedFailed of these, images that failed before and have not changed since
 * @param duplicates of these, rows of a table with the path and the bytes of another row
 * @param leftOut folders, devices and pipes in tars, which have no bytes; not among those listed
 * @param chunks the rest, in the order of their paths
 * @param warnings what whoever named the input should know, a line each
 */
public record SourcePlan(
    long listed,
    long skipped,
    long skippedFailed,
    long duplicates,
    long leftOut,
    List<SourceChunk> chunks,
    List<String> warnings) {
  /** Takes copies of the lists. */
  public SourcePlan {
    chunks = List.copyOf(chunks);
    warnings = List.copyOf(warnings);
  }

  /** A plan without warnings. */
  SourcePlan(
      long listed,
      long skipped,
      long skippedFailed,
      long duplicates,
      long leftOut,
      List<SourceChunk> chunks) {
    this(listed, skipped, skippedFailed, duplicates, leftOut, chunks, List.of());
  }

  /** How many images the chunks hold together. */
  public long pending() {
    return chunks.stream().mapToLong(SourceChunk::images).sum();
  }

  /** What both offer together. */
  SourcePlan and(SourcePlan other) {
    return new SourcePlan(
        listed + other.listed,
        skipped + other.skipped,
        skippedFailed + other.skippedFailed,
        duplicates + other.duplicates,
        leftOut + other.leftOut,
        Stream.concat(chunks.stream(), other.chunks.stream()).toList(),
        Stream.concat(warnings.stream(), other.warnings.stream()).toList());
  }

  /** The same with one more warning. */
  SourcePlan withWarning(String warning) {
    return new SourcePlan(
        listed,
        skipped,
        skippedFailed,
        duplicates,
        leftOut,
        chunks,
        Stream.concat(warnings.stream(), Stream.of(warning)).toList());
  }
}
