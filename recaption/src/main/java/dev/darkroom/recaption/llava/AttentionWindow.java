package dev.darkroom.recaption.llava;

import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Which tokens of a left-padded batch are real, and at which positions they stand.
 *
 * <p>All rows are equally long and end together; a row's padding comes first and never changes.
 */
final class AttentionWindow {
  private static final int PADDING_POSITION = 1;

  private int[] padding;
  private int length;

  /**
   * A window over prompts.
   *
   * @param padding of each row, in tokens
   * @param length of all rows, padding included
   */
  AttentionWindow(int[] padding, int length) {
    this.padding = padding.clone();
    this.length = length;
  }

  int rows() {
    return padding.length;
  }

  int length() {
    return length;
  }

  int padding(int row) {
    return padding[row];
  }

  /** One more real token in each row. */
  void grow() {
    length++;
  }

  /** Leaves out all rows but these. */
  void keepRows(int[] rows) {
    padding = Arrays.stream(rows).map(row -> padding[row]).toArray();
  }

  /** 1 for real tokens, 0 for padding: rows x length. */
  LongBuffer mask() {
    LongBuffer mask = NativeBuffers.longs((long) rows() * length);
    for (int blank : padding) {
      for (int i = 0; i < length; i++) {
        mask.put(i < blank ? 0 : 1);
      }
    }
    return mask.flip();
  }

  /** The positions of the last tokens, counted without padding: rows x last. */
  LongBuffer positions(int last) {
    LongBuffer positions = NativeBuffers.longs((long) rows() * last);
    for (int blank : padding) {
      for (int i = length - last; i < length; i++) {
        positions.put(i < blank ? PADDING_POSITION : i - blank);
      }
    }
    return positions.flip();
  }
}
