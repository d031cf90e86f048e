package dev.darkroom.compression.entropy;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Both coders written down from their definitions in whole numbers of any size: slow, plain and
 * frozen. The fast ones are held against it.
 */
final class ReferenceCoder {
  private static final BigInteger LEAST = BigInteger.ONE.shiftLeft(31);
  private static final BigInteger TOP = BigInteger.ONE.shiftLeft(63);
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(32);

  private BigInteger head = LEAST;
  private final Deque<BigInteger> words = new ArrayDeque<>();
  private int lent;

  void encodeUniform(long symbol, long range) {
    BigInteger t = head.multiply(BigInteger.valueOf(range)).add(BigInteger.valueOf(symbol));
    if (t.compareTo(TOP) >= 0) {
      words.push(t.mod(WORD));
      t = t.divide(WORD);
    }
    head = t;
  }

  long decodeUniform(long range) {
    BigInteger r = BigInteger.valueOf(range);
    BigInteger t = head;
    if (t.compareTo(r.multiply(LEAST)) < 0) {
      t = t.multiply(WORD).add(pop());
    }
    head = t.divide(r);
    return t.mod(r).longValueExact();
  }

  void encodeRans(long start, long frequency, int precision) {
    BigInteger l = BigInteger.valueOf(frequency);
    BigInteger total = BigInteger.ONE.shiftLeft(precision);
    if (head.compareTo(l.multiply(TOP).divide(total)) >= 0) {
      words.push(head.mod(WORD));
      head = head.divide(WORD);
    }
    head = head.divide(l).multiply(total).add(head.mod(l)).add(BigInteger.valueOf(start));
  }

  long peekRans(int precision) {
    return head.mod(BigInteger.ONE.shiftLeft(precision)).longValueExact();
  }

  void advanceRans(long start, long frequency, int precision) {
    BigInteger total = BigInteger.ONE.shiftLeft(precision);
    BigInteger slot = head.mod(total);
    head =
        head.divide(total)
            .multiply(BigInteger.valueOf(frequency))
            .add(slot)
            .subtract(BigInteger.valueOf(start));
    if (head.compareTo(LEAST) < 0) {
      head = head.multiply(WORD).add(pop());
    }
  }

  long head() {
    return head.longValueExact();
  }

  /** The words from the bottom to the top. */
  int[] words() {
    int[] result = new int[words.size()];
    int i = result.length;
    for (BigInteger word : words) {
      result[--i] = word.intValue();
    }
    return result;
  }

  private BigInteger pop() {
    return words.isEmpty() ? BigInteger.valueOf(SeedWords.at(lent++) & 0xFFFF_FFFFL) : words.pop();
  }
}
