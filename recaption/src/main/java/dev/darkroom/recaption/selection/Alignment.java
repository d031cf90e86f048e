package dev.darkroom.recaption.selection;

import java.util.List;

/**
 * How well texts fit target texts (ZIP-FIT: Obbad et al., "ZIP-FIT: Embedding-Free Data Selection
 * via Compression-Based Alignment", arXiv 2410.18194): 1 less the mean {@link CompressionDistance}
 * to all targets.
 *
 * <p>The targets' sizes are measured once. What costs is C(xt), once for each text and target.
 * (Deflate with the text as a preset dictionary would be quicker, but that gives other sizes, and
 * so another measure.)
 *
 * <p>One thread at a time may use it, and must close it.
 */
public final class Alignment implements AutoCloseable {
  private final CompressionDistance distance = new CompressionDistance();
  private final List<CompressionDistance.Measured> targets;

  /**
   * The alignment with some targets, one or more.
   *
   * @throws IllegalArgumentException where there is none
   */
  public Alignment(List<String> targets) {
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("there is no target to align texts with");
    }
    this.targets = targets.stream().map(distance::measure).toList();
  }

  /**
   * How well a text fits: at most 1, about 0 where it has nothing in common with any target. The
   * distances are added up in the order of the targets.
   */
  public double of(String text) {
    CompressionDistance.Measured measured = distance.measure(text);
    double sum = 0;
    for (CompressionDistance.Measured target : targets) {
      sum += distance.between(measured, target);
    }
    return 1 - sum / targets.size();
  }

  @Override
  public void close() {
    distance.close();
  }
}
