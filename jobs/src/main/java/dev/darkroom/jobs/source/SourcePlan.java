package dev.darkroom.jobs.source;

import java.util.List;

/**
 * What a source has to offer.
 *
 * @param listed images found, 1 or more
 * @param skipped of these, images the archive already has
 * @param skippedFailed of these, images that failed before and have not changed since
 * @param chunks the rest, in the order of their paths
 */
public record SourcePlan(long listed, long skipped, long skippedFailed, List<SourceChunk> chunks) {
  /** Takes a copy of the list. */
  public SourcePlan {
    chunks = List.copyOf(chunks);
  }

  /** How many images the chunks hold together. */
  public long pending() {
    return chunks.stream().mapToLong(SourceChunk::images).sum();
  }
}
