package dev.darkroom.recaption.privacy;

/**
 * Least squares by LSMR (Fong and Saunders, "LSMR: an iterative algorithm for sparse least-squares
 * problems", SIAM Journal on Scientific Computing 2011, section 2).
 *
 * <p>Golub-Kahan bidiagonalisation of the matrix, started from the right side, and two sequences of
 * plane rotations: what MINRES would find for the normal equations, without forming them. The norm
 * of their residual falls at every step. Steps needed grow with the matrix's condition.
 */
final class LeastSquares {
  /** How far the normal equations' residual must fall, relative to where it begins. */
  private static final double TOLERANCE = 1e-13;

  private final LinearOperator matrix;
  private final int mostSteps;

  /** Solves with a matrix, in at most so many steps. */
  LeastSquares(LinearOperator matrix, int mostSteps) {
    this.matrix = matrix;
    this.mostSteps = mostSteps;
  }

  /**
   * A solution.
   *
   * @param values the vector that was sought
   * @param steps how many steps it took
   * @param converged whether it is as exact as was asked for
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over once, and compared by nobody.
  record Solution(double[] values, int steps, boolean converged) {}

  /** The x that brings matrix times x nearest to the right side. */
  Solution solve(double[] rightSide) {
    double[] u = rightSide.clone();
    double[] v = new double[matrix.columns()];
    double[] x = new double[matrix.columns()];
    double beta = normalise(u);
    matrix.addTransposedProduct(u, v);
    double alpha = normalise(v);
    double target = TOLERANCE * alpha * beta;
    if (target == 0) {
      return new Solution(x, 0, true);
    }
    double[] h = v.clone();
    double[] hBar = new double[matrix.columns()];
    double alphaBar = alpha;
    double zetaBar = alpha * beta;
    double rho = 1;
    double rhoBar = 1;
    double cBar = 1;
    double sBar = 0;
    for (int step = 1; step <= mostSteps; step++) {
      scale(u, -alpha);
      matrix.addProduct(v, u);
      beta = normalise(u);
      scale(v, -beta);
      matrix.addTransposedProduct(u, v);
      alpha = normalise(v);

      double rhoOld = rho;
      rho = Math.hypot(alphaBar, beta);
      double theta = beta / rho * alpha;
      alphaBar = alphaBar / rho * alpha;

      double rhoBarOld = rhoBar;
      double thetaBar = sBar * rho;
      double rhoTurned = cBar * rho;
      rhoBar = Math.hypot(rhoTurned, theta);
      cBar = rhoTurned / rhoBar;
      sBar = theta / rhoBar;
      double zeta = cBar * zetaBar;
      zetaBar = -sBar * zetaBar;

      double back = thetaBar * rho / (rhoOld * rhoBarOld);
      double forth = zeta / (rho * rhoBar);
      double turn = theta / rho;
      for (int i = 0; i < x.length; i++) {
        hBar[i] = h[i] - back * hBar[i];
        x[i] += forth * hBar[i];
        h[i] = v[i] - turn * h[i];
      }
      if (Math.abs(zetaBar) <= target) {
        return new Solution(x, step, true);
      }
    }
    return new Solution(x, mostSteps, false);
  }

  /** Divides by the length, which it returns; a vector of length 0 stays. */
  private static double normalise(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    double length = Math.sqrt(sum);
    if (length > 0) {
      scale(vector, 1 / length);
    }
    return length;
  }

  private static void scale(double[] vector, double factor) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
  }
}
