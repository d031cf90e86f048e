package dev.darkroom.compression.plain;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The values that occur among some samples, numbered in rising order.
 *
 * <p>Coding the numbers in place of the values saves much where few of the possible values occur:
 * palettes, bilevel scans, 12-bit samples stretched to 16 bits.
 *
 * <pre>
 * run count + 1  2   0: every value from 0 to the greatest, and nothing follows
 * first value    2
 * for each run
 *   step         2   difference between neighbouring values
 *   repeats      2   how many values follow at that step
 * </pre>
 */
final class ValueSet {
  /** Values by number. */
  private final int[] values;

  /** Numbers by value; -1 where a value does not occur. */
  private final int[] numbers;

  private final boolean full;

  private ValueSet(int[] values, int possible, boolean full) {
    this.values = values;
    this.full = full;
    numbers = new int[possible];
    Arrays.fill(numbers, -1);
    for (int i = 0; i < values.length; i++) {
      numbers[values[i]] = i;
    }
  }

  /** All values from 0 to {@code possible - 1}. */
  static ValueSet full(int possible) {
    int[] values = new int[possible];
    Arrays.setAll(values, i -> i);
    return new ValueSet(values, possible, true);
  }

  /**
   * The values marked as present, or all possible ones where listing them would not pay.
   *
   * @param present by value; at least one is set
   * @param samples how many samples there are
   */
  static ValueSet of(boolean[] present, long samples) {
    int[] values = new int[present.length];
    int count = 0;
    for (int value = 0; value < present.length; value++) {
      if (present[value]) {
        values[count++] = value;
      }
    }
    if (4L * count > 3L * present.length) {
      return full(present.length);
    }
    ValueSet set = new ValueSet(Arrays.copyOf(values, count), present.length, false);
    ByteArrayOutputStream listed = new ByteArrayOutputStream();
    set.writeTo(listed);
    return count > 1 && 16L * listed.size() > samples ? full(present.length) : set;
  }

  static ValueSet readFrom(ByteBuffer in, int possible) {
    int marker = in.getShort() & 0xFFFF;
    if (marker == 0) {
      return full(possible);
    }
    int[] values = new int[possible];
    values[0] = in.getShort() & 0xFFFF;
    int count = 1;
    for (int run = 1; run < marker; run++) {
      int step = in.getShort() & 0xFFFF;
      int repeats = in.getShort() & 0xFFFF;
      if (step == 0) {
        throw new IllegalArgumentException("a set of values has a step of 0");
      }
      for (int i = 0; i < repeats; i++) {
        values[count] = values[count - 1] + step;
        count++;
      }
    }
    return new ValueSet(Arrays.copyOf(values, count), possible, false);
  }

  void writeTo(ByteArrayOutputStream out) {
    if (full) {
      u16(out, 0);
      return;
    }
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    int count = 1;
    int i = 1;
    while (i < values.length) {
      int step = values[i] - values[i - 1];
      int end = i + 1;
      while (end < values.length && values[end] - values[end - 1] == step) {
        end++;
      }
      u16(runs, step);
      u16(runs, end - i);
      count++;
      i = end;
    }
    u16(out, count);
    u16(out, values[0]);
    out.writeBytes(runs.toByteArray());
  }

  /** The greatest number. */
  int max() {
    return values.length - 1;
  }

  /** The number of a value that occurs. */
  int number(int value) {
    return numbers[value];
  }

  /** The value with a number from 0 to {@link #max}. */
  int value(int number) {
    return values[number];
  }

  private static void u16(ByteArrayOutputStream out, int value) {
    out.write(value >>> 8);
    out.write(value);
  }
}
