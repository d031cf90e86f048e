package dev.darkroom.recaption.privacy;

import dev.darkroom.models.SplitMix64;
import java.util.Arrays;
import java.util.List;

/**
 * Items by their residues modulo pairwise coprime numbers m_0 ... m_(l-1) (a residue number
 * system).
 *
 * <p>What the server learns are the residues' frequencies, b = A f: A has a column for each of the
 * k items and a row for each modulus and residue, with 1 where the item has the residue. As the
 * rows of one modulus sum to the same, rank A is at most {@code 1 + sum(m_j - 1)}, and f can only
 * be found where that is at least k: a product of k or more, which gives all items different
 * residues, is by far not enough.
 *
 * <p>With salt 0 item x has the residues of the number x. Functions on k consecutive numbers that
 * have period m_j are spanned by the exponentials with frequencies a / m_j; all those of coprime
 * moduli differ but for a = 0, so rank A is the smaller of k and {@code 1 + sum(m_j - 1)} (they are
 * the nodes of a Vandermonde matrix). But near 0, and near other fractions with small denominators,
 * there are gaps of the size 1 / m_j without a frequency. Where m_j is far below k, a histogram
 * that changes slowly along the numbers leaves hardly a trace in the residues, and finding it again
 * multiplies the noise: full rank, and useless.
 *
 * <p>With any other salt the numbers are given out at random, in public: item x has the residue
 * {@code pi_j(x) mod m_j}, pi_j being a permutation of the items, the identity for j = 0. By the
 * Chinese remainder theorem these are the residues of exactly one number below the moduli's
 * product, and there are no neighbours for a gap to hide. {@link #recovers} looks whether the rank
 * is full.
 *
 * <p>{@link #varianceFactor} compares both; {@link ModularSubsetSelection} tells the figures.
 */
final class ResidueEncoding {
  /** Steps within which a well-conditioned system is solved many times over. */
  private static final int MOST_STEPS = 2000;

  private static final double RECOVERED = 1e-6;

  private final int universe;
  private final List<Integer> moduli;
  private final int[][] residues;
  private final int rows;

  /**
   * Residues of the items 0 to universe - 1.
   *
   * @throws IllegalArgumentException where two moduli have a common divisor, or their product is
   *     below the universe
   */
  ResidueEncoding(int universe, List<Integer> moduli, long salt) {
    if (!Moduli.arePairwiseCoprime(moduli)) {
      throw new IllegalArgumentException("moduli must be pairwise coprime: " + moduli);
    }
    if (!Moduli.productReaches(moduli, universe)) {
      throw new IllegalArgumentException(
          "the product of the moduli %s is below the universe's %d items"
              .formatted(moduli, universe));
    }
    this.universe = universe;
    this.moduli = List.copyOf(moduli);
    this.rows = moduli.stream().mapToInt(Integer::intValue).sum();
    this.residues = new int[moduli.size()][];
    SplitMix64 random = new SplitMix64(salt);
    for (int j = 0; j < residues.length; j++) {
      int[] numbers = new int[universe];
      for (int x = 0; x < universe; x++) {
        numbers[x] = x;
      }
      if (salt != 0 && j > 0) {
        shuffle(numbers, random);
      }
      for (int x = 0; x < universe; x++) {
        numbers[x] %= moduli.get(j);
      }
      residues[j] = numbers;
    }
  }

  /** Fisher and Yates's; the bias of the remainder is below 2^-39. */
  private static void shuffle(int[] numbers, SplitMix64 random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int other = (int) ((random.nextLong() >>> 1) % (i + 1));
      int kept = numbers[i];
      numbers[i] = numbers[other];
      numbers[other] = kept;
    }
  }

  /** An item's residue modulo m_j. */
  int residue(int j, int item) {
    return residues[j][item];
  }

  /** A, each row times the weight of its modulus: {@code weights[j]}. */
  LinearOperator matrix(double[] weights) {
    return new Weighted(weights.clone());
  }

  /**
   * Whether any histogram can be found again from its residues' frequencies: a random one is, to 6
   * digits. That it has nothing of a direction that is lost has probability 0.
   */
  boolean recovers() {
    SplitMix64 random = new SplitMix64(universe);
    double[] truth = new double[universe];
    double length = 0;
    for (int x = 0; x < universe; x++) {
      truth[x] = random.nextDouble() - 0.5;
      length += truth[x] * truth[x];
    }
    LinearOperator matrix = matrix(ones());
    double[] seen = new double[rows];
    matrix.addProduct(truth, seen);
    double[] found = new LeastSquares(matrix, MOST_STEPS).solve(seen).values();
    double error = 0;
    for (int x = 0; x < universe; x++) {
      error += (found[x] - truth[x]) * (found[x] - truth[x]);
    }
    return Math.sqrt(error / length) < RECOVERED;
  }

  /**
   * By how much the mean squared error exceeds that of one domain of all items: l / k times the
   * trace of (A^T A)^-1, estimated from the solutions for right sides of random signs (Hutchinson
   * 1990). The noise in the residues' frequencies is nearly white, with l times the variance of a
   * single domain, since each modulus has one report of l.
   *
   * @param probes how many right sides
   */
  double varianceFactor(int probes) {
    SplitMix64 random = new SplitMix64(probes);
    LeastSquares solver = new LeastSquares(matrix(ones()), 100 * MOST_STEPS);
    double sum = 0;
    for (int probe = 0; probe < probes; probe++) {
      double[] signs = new double[rows];
      for (int i = 0; i < rows; i++) {
        signs[i] = random.nextLong() < 0 ? -1 : 1;
      }
      for (double value : solver.solve(signs).values()) {
        sum += value * value;
      }
    }
    return sum / probes * moduli.size() / universe;
  }

  private double[] ones() {
    double[] ones = new double[moduli.size()];
    Arrays.fill(ones, 1);
    return ones;
  }

  private final class Weighted implements LinearOperator {
    private final double[] weights;

    Weighted(double[] weights) {
      this.weights = weights;
    }

    @Override
    public int columns() {
      return universe;
    }

    @Override
    public void addProduct(double[] x, double[] y) {
      int first = 0;
      for (int j = 0; j < weights.length; j++) {
        int[] residue = residues[j];
        double weight = weights[j];
        for (int i = 0; i < universe; i++) {
          y[first + residue[i]] += weight * x[i];
        }
        first += moduli.get(j);
      }
    }

    @Override
    public void addTransposedProduct(double[] y, double[] x) {
      int first = 0;
      for (int j = 0; j < weights.length; j++) {
        int[] residue = residues[j];
        double weight = weights[j];
        for (int i = 0; i < universe; i++) {
          x[i] += weight * y[first + residue[i]];
        }
        first += moduli.get(j);
      }
    }
  }
}
