package dev.darkroom.jobs.generate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Seeds as ranges, so that a million of them take no room.
 *
 * @param ranges in the order in which they were named
 */
public record Seeds(List<Range> ranges) implements Serializable {
  /** The greatest seed: torch's generators look at 32 bits. */
  public static final long GREATEST = 0xFFFFFFFFL;

  /**
   * Seeds that follow each other.
   *
   * @param first the first
   * @param last the last, itself one of them
   */
  public record Range(long first, long last) implements Serializable {
    long size() {
      return last - first + 1;
    }
  }

  /** Takes a copy. */
  public Seeds {
    ranges = List.copyOf(ranges);
  }

  /**
   * Reads numbers and ranges with commas between: {@code 0..3,17}.
   *
   * @throws IllegalArgumentException where the text is none, or names a seed twice
   */
  public static Seeds of(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String trimmed = part.trim();
      if (!trimmed.matches("\\d{1,10}(\\.\\.\\d{1,10})?")) {
        throw new IllegalArgumentException(
            "seeds are numbers and ranges such as 0..3,17, not '%s'".formatted(text));
      }
      String[] ends = trimmed.split("\\.\\.", -1);
      Range range = new Range(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
      if (range.first > range.last || range.last > GREATEST) {
        throw new IllegalArgumentException(
            "seeds must rise from 0 to at most %d, not '%s'".formatted(GREATEST, trimmed));
      }
      if (ranges.stream().anyMatch(o -> o.first <= range.last && range.first <= o.last)) {
        throw new IllegalArgumentException("seeds '%s' name some twice".formatted(text));
      }
      ranges.add(range);
    }
    return new Seeds(ranges);
  }

  /** How many there are. */
  public long size() {
    return ranges.stream().mapToLong(Range::size).sum();
  }

  /**
   * One of them.
   *
   * @param index 0 to size - 1
   */
  public long at(long index) {
    long left = index;
    for (Range range : ranges) {
      if (left < range.size()) {
        return range.first + left;
      }
      left -= range.size();
    }
    throw new IndexOutOfBoundsException("seed %d of %d".formatted(index, size()));
  }
}
