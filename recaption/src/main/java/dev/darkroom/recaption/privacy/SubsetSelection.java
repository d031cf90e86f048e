package dev.darkroom.recaption.privacy;

import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Subset selection (Ye and Barg, "Optimal schemes for discrete distribution estimation under
 * locally differential privacy", IEEE Transactions on Information Theory 2018; Wang et al., "Mutual
 * information optimally local private discrete distribution estimation", 2016).
 *
 * <p>Of a universe of k items a user sends w, with w the whole number nearest to k / (e^epsilon +
 * 1), at least 1. The user's own item is among them with probability
 *
 * <pre>p = w e^epsilon / (w e^epsilon + k - w)</pre>
 *
 * and given that, all subsets are equally probable. Any other item is among them with probability
 * {@code q = (p (w - 1) + (1 - p) w) / (k - 1)}. A subset with the item has probability p / C(k-1,
 * w-1), one without it (1 - p) / C(k-1, w); their ratio is e^epsilon.
 *
 * <p>If a share c of n reports holds an item, {@code (c - q) / (p - q)} estimates its frequency
 * without bias; see {@link #variance} for how well.
 *
 * <p>p is rounded down to a multiple of 2^-53, so that {@link RandomGenerator#nextDouble} meets it
 * exactly; the ratio then is at most what it should be.
 */
public final class SubsetSelection implements FrequencyOracle {
  private final Scheme scheme;
  private final int universe;
  private final int subsetSize;
  private final double inclusion;
  private final double falseInclusion;

  /**
   * Subset selection over a universe.
   *
   * @param universe how many items there are, 2 to {@value Scheme#LARGEST_UNIVERSE}
   * @param epsilon the privacy that one report spends, 1e-6 to 20
   */
  public SubsetSelection(int universe, double epsilon) {
    this.scheme = new Scheme(universe, epsilon, List.of(universe), 0);
    this.universe = universe;
    double odds = Math.exp(epsilon);
    this.subsetSize = (int) Math.max(1, Math.round(universe / (odds + 1)));
    double w = subsetSize;
    this.inclusion = Math.floor(w * odds / (w * odds + universe - w) * 0x1p53) * 0x1p-53;
    this.falseInclusion = (inclusion * (w - 1) + (1 - inclusion) * w) / (universe - 1);
  }

  @Override
  public Scheme scheme() {
    return scheme;
  }

  /** How many items a report holds: w. */
  public int subsetSize() {
    return subsetSize;
  }

  /** How probably a report holds the user's item: p. */
  public double inclusion() {
    return inclusion;
  }

  /** How probably a report holds some other item: q. */
  public double falseInclusion() {
    return falseInclusion;
  }

  @Override
  public PrivateReport report(int item, RandomGenerator random) {
    return new PrivateReport(0, draw(item, random));
  }

  /** The subset for an item, in no order. */
  int[] draw(int item, RandomGenerator random) {
    if (item < 0 || item >= universe) {
      throw new IllegalArgumentException(
          "an item must be 0 to %d, not %d".formatted(universe - 1, item));
    }
    boolean included = random.nextDouble() < inclusion;
    int others = included ? subsetSize - 1 : subsetSize;
    int[] subset = new int[subsetSize];
    subset[subsetSize - 1] = item;
    // Floyd's way to draw a subset (Bentley, "Programming Pearls: a sample of brilliance", 1987),
    // here of the universe without the item: what comes after it moves down by one.
    BitSet drawn = new BitSet(universe);
    int count = 0;
    for (int last = universe - 1 - others; last < universe - 1; last++) {
      int value = random.nextInt(last + 1);
      int taken = drawn.get(value) ? last : value;
      drawn.set(taken);
      subset[count++] = taken < item ? taken : taken + 1;
    }
    return subset;
  }

  @Override
  public int messageBits() {
    double bits = 0;
    for (int i = 1; i <= subsetSize; i++) {
      bits += Math.log((universe - subsetSize + i) / (double) i);
    }
    return (int) Math.ceil(bits / Math.log(2) - 1e-6);
  }

  @Override
  public FrequencyEstimates estimate(PrivateCounts counts) {
    counts.check(scheme);
    long reports = counts.reports(0);
    if (reports == 0) {
      throw new IllegalStateException("there is no report to estimate anything from");
    }
    double[] frequencies = new double[universe];
    for (int item = 0; item < universe; item++) {
      frequencies[item] = debias(counts.hits(0, item), reports);
    }
    return new FrequencyEstimates(frequencies, reports);
  }

  /** The unbiased estimate of an item's frequency, where so many of the reports hold it. */
  double debias(long hits, long reports) {
    return ((double) hits / reports - falseInclusion) / (inclusion - falseInclusion);
  }

  /**
   * The variance of an item's estimate, the items of all users being fixed: {@code (f p (1 - p) +
   * (1 - f) q (1 - q)) / (n (p - q)^2)}.
   *
   * @param frequency the item's true frequency f
   * @param reports how many users report, n
   */
  public double variance(double frequency, long reports) {
    double gap = inclusion - falseInclusion;
    return (frequency * inclusion * (1 - inclusion)
            + (1 - frequency) * falseInclusion * (1 - falseInclusion))
        / (reports * gap * gap);
  }
}
