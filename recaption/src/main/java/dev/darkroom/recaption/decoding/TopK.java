package dev.darkroom.recaption.decoding;

import java.util.Arrays;

/** Keeps the k most probable tokens, and those as probable as the k-th. */
public final class TopK implements LogitsProcessor {
  private final int k;

  /** Keeps {@code k} tokens, at least 1. */
  public TopK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1: " + k);
    }
    this.k = k;
  }

  @Override
  public void process(TokenHistory history, float[] scores) {
    if (k >= scores.length) {
      return;
    }
    float least = leastKept(scores);
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] < least) {
        scores[i] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /** The k-th largest score: the k largest so far are kept in a heap whose root is the least. */
  private float leastKept(float[] scores) {
    float[] heap = Arrays.copyOf(scores, k);
    for (int i = k / 2 - 1; i >= 0; i--) {
      sink(heap, i);
    }
    for (int i = k; i < scores.length; i++) {
      if (scores[i] > heap[0]) {
        heap[0] = scores[i];
        sink(heap, 0);
      }
    }
    return heap[0];
  }

  private static void sink(float[] heap, int start) {
    int parent = start;
    for (int child = 2 * parent + 1; child < heap.length; child = 2 * parent + 1) {
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[parent] <= heap[child]) {
        return;
      }
      float larger = heap[parent];
      heap[parent] = heap[child];
      heap[child] = larger;
      parent = child;
    }
  }
}
