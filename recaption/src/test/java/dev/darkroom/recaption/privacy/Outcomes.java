package dev.darkroom.recaption.privacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * All that an oracle may report about an item, and how probable each report is: the oracle's own
 * code is run once for every sequence of random numbers that makes a difference.
 */
final class Outcomes {
  private Outcomes() {}

  static Map<PrivateReport, Double> of(FrequencyOracle oracle, int item) {
    if (oracle instanceof SubsetSelection plain) {
      return of(oracle, item, chosen -> plain.inclusion());
    }
    Scheme scheme = oracle.scheme();
    return of(
        oracle,
        item,
        chosen ->
            new SubsetSelection(scheme.moduli().get(chosen.get(0)), scheme.epsilon()).inclusion());
  }

  private static Map<PrivateReport, Double> of(
      FrequencyOracle oracle, int item, ToDoubleFunction<List<Integer>> inclusion) {
    Map<PrivateReport, Double> outcomes = new HashMap<>();
    List<Integer> script = List.of();
    while (true) {
      Scripted random = new Scripted(script, inclusion);
      outcomes.merge(oracle.report(item, random), random.probability, Double::sum);
      List<Integer> next = random.next();
      if (next.isEmpty()) {
        return outcomes;
      }
      script = next;
    }
  }

  /** Gives the numbers of a script, then the least ones; knows how probable they were. */
  private static final class Scripted implements RandomGenerator {
    private final List<Integer> script;
    private final ToDoubleFunction<List<Integer>> inclusion;
    private final List<Integer> chosen = new ArrayList<>();
    private final List<Integer> bounds = new ArrayList<>();
    private double probability = 1;

    Scripted(List<Integer> script, ToDoubleFunction<List<Integer>> inclusion) {
      this.script = script;
      this.inclusion = inclusion;
    }

    private int choose(int bound) {
      int choice = chosen.size() < script.size() ? script.get(chosen.size()) : 0;
      chosen.add(choice);
      bounds.add(bound);
      return choice;
    }

    /** The next script, or an empty one after the last. */
    List<Integer> next() {
      for (int last = chosen.size() - 1; last >= 0; last--) {
        if (chosen.get(last) + 1 < bounds.get(last)) {
          List<Integer> next = new ArrayList<>(chosen.subList(0, last));
          next.add(chosen.get(last) + 1);
          return next;
        }
      }
      return List.of();
    }

    @Override
    public int nextInt(int bound) {
      probability /= bound;
      return choose(bound);
    }

    @Override
    public double nextDouble() {
      double p = inclusion.applyAsDouble(List.copyOf(chosen));
      boolean included = choose(2) == 0;
      probability *= included ? p : 1 - p;
      return included ? Math.nextDown(p) : p;
    }

    @Override
    public long nextLong() {
      throw new UnsupportedOperationException("no oracle asks for it");
    }
  }
}
