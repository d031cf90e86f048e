package dev.darkroom.recaption.nouns;

import java.util.HashMap;
import java.util.Map;

/**
 * Draws without replacement: how many of the drawn captions hold a noun.
 *
 * <p>Not thread-safe: probabilities are kept, since thousands of nouns are as rare as each other.
 */
final class Hypergeometric {
  private final long population;
  private final long drawn;
  private final Map<Question, Double> answers = new HashMap<>();

  private record Question(long marked, long limit) {}

  /**
   * Draws of a fixed size.
   *
   * @param population captions in all
   * @param drawn captions drawn, 0 to {@code population}
   */
  Hypergeometric(long population, long drawn) {
    this.population = population;
    this.drawn = drawn;
  }

  /**
   * The probability that more than {@code limit} of the drawn are marked.
   *
   * @param marked captions of the population that are, 0 to {@code population}
   * @param limit 0 or more
   */
  double moreThan(long marked, long limit) {
    long most = Math.min(marked, drawn);
    long least = Math.max(0, marked + drawn - population);
    if (limit >= most) {
      return 0;
    }
    if (limit < least) {
      return 1;
    }
    return answers.computeIfAbsent(
        new Question(marked, limit), question -> tail(marked, limit, least, most));
  }

  /** Sums the shorter side, outward from the limit, by the ratio of one probability to the next. */
  private double tail(long marked, long limit, long least, long most) {
    double mean = (double) marked * drawn / population;
    if (limit + 1 > mean) {
      double sum = 0;
      double term = StrictMath.exp(logProbability(marked, limit + 1));
      for (long x = limit + 1; x <= most; x++) {
        sum += term;
        if (term < sum * 1e-17) {
          break;
        }
        term *= (double) (marked - x) * (drawn - x);
        term /= (double) (x + 1) * (population - marked - drawn + x + 1);
      }
      return Math.min(1, sum);
    }
    double sum = 0;
    double term = StrictMath.exp(logProbability(marked, limit));
    for (long x = limit; x >= least; x--) {
      sum += term;
      if (term < sum * 1e-17) {
        break;
      }
      term *= (double) x * (population - marked - drawn + x);
      term /= (double) (marked - x + 1) * (drawn - x + 1);
    }
    return Math.max(0, 1 - sum);
  }

  private double logProbability(long marked, long x) {
    return logChoose(marked, x)
        + logChoose(population - marked, drawn - x)
        - logChoose(population, drawn);
  }

  private static double logChoose(long n, long k) {
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  }

  /** Exact sums where they are short, Stirling's series from there on: errors below 1e-15. */
  private static double logFactorial(long n) {
    if (n < SMALL.length) {
      return SMALL[(int) n];
    }
    double x = n + 1.0;
    double inverse = 1 / x;
    double square = inverse * inverse;
    return (x - 0.5) * StrictMath.log(x)
        - x
        + HALF_LOG_TWO_PI
        + inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260)));
  }

  private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);
  private static final double[] SMALL = small();

  private static double[] small() {
    double[] logs = new double[128];
    for (int i = 2; i < logs.length; i++) {
      logs[i] = logs[i - 1] + StrictMath.log(i);
    }
    return logs;
  }
}
