package dev.darkroom.compression.deflate;

import java.util.Arrays;

/**
 * A prefix code for the frequencies of a block, with the ties resolved as zlib resolves them: of
 * two nodes of one frequency the shallower is the smaller, and codes that would be too long push
 * others down in zlib's order.
 */
final class HuffmanCode {
  final Alphabet alphabet;
  final int[] frequencies;
  final int[] lengths;
  final int[] codes;

  /** The greatest symbol with a code. */
  int maxSymbol;

  /** The bits that the symbols take with their extra bits, once built. */
  long bits;

  /** Frequencies and, once joined, parents and depths of all nodes. */
  private final int[] weights;

  private final int[] parents;
  private final int[] depths;
  private final int[] heap;
  private int heapSize;

  HuffmanCode(Alphabet alphabet) {
    this.alphabet = alphabet;
    int symbols = alphabet.symbols;
    frequencies = new int[symbols];
    lengths = new int[symbols];
    codes = new int[symbols];
    int nodes = 2 * symbols + 1;
    weights = new int[nodes];
    parents = new int[nodes];
    depths = new int[nodes];
    heap = new int[nodes];
  }

  void reset() {
    Arrays.fill(frequencies, 0);
  }

  /** Chooses lengths and codes for the frequencies. */
  void build() {
    heapSize = 0;
    maxSymbol = -1;
    Arrays.fill(lengths, 0);
    System.arraycopy(frequencies, 0, weights, 0, alphabet.symbols);
    for (int n = 0; n < alphabet.symbols; n++) {
      if (weights[n] != 0) {
        heap[++heapSize] = n;
        maxSymbol = n;
        depths[n] = 0;
      }
    }
    while (heapSize < 2) {
      // a code has two symbols at least: one of no use is made up, and costs nothing
      int node = maxSymbol < 2 ? ++maxSymbol : 0;
      heap[++heapSize] = node;
      weights[node] = 1;
      depths[node] = 0;
    }
    for (int n = heapSize / 2; n >= 1; n--) {
      sink(n);
    }
    int heapTop = join();
    assignLengths(heapTop);
    codes(lengths, maxSymbol, codes);
  }

  /**
   * Joins the two smallest nodes until one is left; all nodes then lie sorted from the result on.
   */
  private int join() {
    int top = heap.length;
    int node = alphabet.symbols;
    do {
      int least = heap[1];
      heap[1] = heap[heapSize--];
      sink(1);
      int second = heap[1];
      heap[--top] = least;
      heap[--top] = second;
      weights[node] = weights[least] + weights[second];
      depths[node] = Math.max(depths[least], depths[second]) + 1;
      parents[least] = node;
      parents[second] = node;
      heap[1] = node++;
      sink(1);
    } while (heapSize >= 2);
    heap[--top] = heap[1];
    return top;
  }

  private void assignLengths(int top) {
    int longest = alphabet.longestCode;
    int[] counts = new int[longest + 1];
    int[] nodeLengths = new int[weights.length];
    int overflow = 0;
    for (int h = top + 1; h < heap.length; h++) {
      int n = heap[h];
      int length = nodeLengths[parents[n]] + 1;
      if (length > longest) {
        length = longest;
        overflow++;
      }
      nodeLengths[n] = length;
      if (n <= maxSymbol) {
        counts[length]++;
        lengths[n] = length;
      }
    }
    if (overflow > 0) {
      shorten(counts, overflow);
    }
    bits = 0;
    for (int n = 0; n <= maxSymbol; n++) {
      bits += (long) frequencies[n] * (lengths[n] + alphabet.extraBits(n));
    }
  }

  private void shorten(int[] counts, int tooLong) {
    int longest = alphabet.longestCode;
    for (int overflow = tooLong; overflow > 0; overflow -= 2) {
      int length = longest - 1;
      while (counts[length] == 0) {
        length--;
      }
      counts[length]--;
      counts[length + 1] += 2;
      counts[longest]--;
    }
    int h = heap.length;
    for (int length = longest; length != 0; length--) {
      for (int n = counts[length]; n != 0; ) {
        int symbol = heap[--h];
        if (symbol <= maxSymbol) {
          lengths[symbol] = length;
          n--;
        }
      }
    }
  }

  private void sink(int from) {
    int k = from;
    int value = heap[k];
    int j = 2 * k;
    while (j <= heapSize) {
      if (j < heapSize && smaller(heap[j + 1], heap[j])) {
        j++;
      }
      if (smaller(value, heap[j])) {
        break;
      }
      heap[k] = heap[j];
      k = j;
      j *= 2;
    }
    heap[k] = value;
  }

  private boolean smaller(int n, int m) {
    return weights[n] < weights[m] || weights[n] == weights[m] && depths[n] <= depths[m];
  }

  /** The canonical codes of some lengths, with their bits in the order in which they are sent. */
  static void codes(int[] lengths, int maxSymbol, int[] codes) {
    int[] counts = new int[17];
    for (int n = 0; n <= maxSymbol; n++) {
      counts[lengths[n]]++;
    }
    counts[0] = 0;
    int[] next = new int[17];
    for (int length = 1; length < 16; length++) {
      next[length] = next[length - 1] + counts[length - 1] << 1;
    }
    for (int n = 0; n <= maxSymbol; n++) {
      int length = lengths[n];
      if (length > 0) {
        codes[n] = Integer.reverse(next[length]++) >>> Integer.SIZE - length;
      }
    }
  }
}
