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
 */
public record SourcePlan(
    long listed,
    long skipped,
    long skippedFailed,
    long duplicates,
    long leftOut,
    List<SourceChunk> chunks) {
  /** Takes a copy of the list. */
  public SourcePlan {
    chunks = List.copyOf(chunks);
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
        Stream.concat(chunks.stream(), other.chunks.stream()).toList());
  }
}
