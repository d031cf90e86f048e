package dev.darkroom.recaption.selection;

import java.nio.charset.StandardCharsets;

/**
 * The normalised compression distance (Cilibrasi and Vitanyi, "Clustering by compression", IEEE
 * Transactions on Information Theory 2005): {@code NCD(x, t) = (C(xt) - min(C(x), C(t))) /
 * max(C(x), C(t))}, C being the size by {@link CompressedSize} of the texts' UTF-8, and xt one text
 * after the other without anything between.
 *
 * <p>Near 0 for texts that say the same, near 1 for texts that share nothing, and at times a little
 * above. It isn't quite symmetric, for a compressor looks back only. Looking back ends after 32
 * KiB.
 *
 * <p>One thread at a time may use it, and must close it.
 */
public final class CompressionDistance implements AutoCloseable {
  private final CompressedSize compressed = new CompressedSize();
  private byte[] pair = new byte[1 << 10];

  /**
   * A text with the size that it is compressed to.
   *
   * @param utf8 the text's bytes, which nobody may change
   * @param size what it is compressed to, in bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // Within the package, and compared by nobody.
  record Measured(byte[] utf8, int size) {}

  /** Measures a text alone. */
  Measured measure(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return new Measured(utf8, compressed.of(utf8, utf8.length));
  }

  /** The distance of two texts: 0 and more. */
  public double between(String text, String target) {
    return between(measure(text), measure(target));
  }

  /** The distance of two texts that have been measured. */
  double between(Measured text, Measured target) {
    int length = Math.addExact(text.utf8().length, target.utf8().length);
    if (pair.length < length) {
      pair = new byte[Math.max(length, 2 * pair.length)];
    }
    System.arraycopy(text.utf8(), 0, pair, 0, text.utf8().length);
    System.arraycopy(target.utf8(), 0, pair, text.utf8().length, target.utf8().length);
    double together = compressed.of(pair, length);
    return (together - Math.min(text.size(), target.size())) / Math.max(text.size(), target.size());
  }

  @Override
  public void close() {
    compressed.close();
  }
}
