package dev.darkroom.recaption.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is promised, and that estimates are unbiased: over all reports that there can be. */
class PrivacyTest {
  static Stream<FrequencyOracle> oracles() {
    List<FrequencyOracle> oracles = new ArrayList<>();
    for (double epsilon : new double[] {1e-3, 0.2, 1, 2.5, 5}) {
      for (int universe = 2; universe <= 7; universe++) {
        oracles.add(new SubsetSelection(universe, epsilon));
      }
      oracles.add(ModularSubsetSelection.of(5, epsilon));
      oracles.add(new ModularSubsetSelection(new Scheme(6, epsilon, List.of(3, 4, 5), 1)));
      oracles.add(new ModularSubsetSelection(new Scheme(8, epsilon, List.of(5, 6, 7), 2)));
    }
    return oracles.stream();
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void noReportTellsMoreThanEpsilon(FrequencyOracle oracle) {
    double bound = Math.exp(oracle.scheme().epsilon());
    List<Map<PrivateReport, Double>> byItem =
        IntStream.range(0, oracle.scheme().universe())
            .mapToObj(item -> Outcomes.of(oracle, item))
            .toList();
    Set<PrivateReport> reports = new HashSet<>();
    for (Map<PrivateReport, Double> outcomes : byItem) {
      assertThat(outcomes.values().stream().mapToDouble(Double::doubleValue).sum())
          .isCloseTo(1, within(1e-12));
      reports.addAll(outcomes.keySet());
    }

    double worst = 0;
    for (PrivateReport report : reports) {
      double least = byItem.stream().mapToDouble(o -> o.getOrDefault(report, 0.0)).min().orElse(0);
      double most = byItem.stream().mapToDouble(o -> o.getOrDefault(report, 0.0)).max().orElse(0);
      worst = Math.max(worst, most / least);
    }

    assertThat(worst).isLessThanOrEqualTo(bound * (1 + 1e-12));
    assertThat(worst)
        .as("no more privacy is bought than was paid for")
        .isGreaterThan(bound * 0.999);
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void allSubsetsOfASizeAreEquallyProbable(FrequencyOracle oracle) {
    int item = oracle.scheme().universe() - 1;

    Map<PrivateReport, Double> outcomes = Outcomes.of(oracle, item);

    for (int j = 0; j < oracle.scheme().moduli().size(); j++) {
      int domain = j;
      int modulus = oracle.scheme().moduli().get(domain);
      int size = new SubsetSelection(modulus, oracle.scheme().epsilon()).subsetSize();
      List<Double> probabilities =
          outcomes.entrySet().stream()
              .filter(outcome -> outcome.getKey().domain() == domain)
              .map(Map.Entry::getValue)
              .toList();
      assertThat(probabilities).hasSize((int) Math.round(binomial(modulus, size)));
      double greatest = probabilities.stream().mapToDouble(p -> p).max().orElseThrow();
      double least = probabilities.stream().mapToDouble(p -> p).min().orElseThrow();
      assertThat(probabilities)
          .allMatch(p -> Math.abs(p - greatest) < 1e-14 || Math.abs(p - least) < 1e-14);
    }
  }

  private static double binomial(int n, int k) {
    double product = 1;
    for (int i = 1; i <= k; i++) {
      product = product * (n - k + i) / i;
    }
    return product;
  }

  static Stream<FrequencyOracle> smallOracles() {
    return Stream.of(
        new SubsetSelection(4, 1),
        new SubsetSelection(6, 0.3),
        new ModularSubsetSelection(new Scheme(6, 1, List.of(3, 4, 5), 1)),
        new ModularSubsetSelection(new Scheme(6, 0.2, List.of(3, 4, 5), 3)));
  }

  /** Three users, and everything that they may send, given that each modulus has a report. */
  @ParameterizedTest
  @MethodSource("smallOracles")
  void theExpectedEstimateIsTheTruth(FrequencyOracle oracle) {
    int universe = oracle.scheme().universe();
    int[] items = {0, universe - 1, universe - 1};
    List<Map<PrivateReport, Double>> users =
        IntStream.of(items).mapToObj(item -> Outcomes.of(oracle, item)).toList();
    double[] expected = new double[universe];
    double mass = 0;
    for (Map.Entry<PrivateReport, Double> a : users.get(0).entrySet()) {
      for (Map.Entry<PrivateReport, Double> b : users.get(1).entrySet()) {
        for (Map.Entry<PrivateReport, Double> c : users.get(2).entrySet()) {
          PrivateCounts counts = new PrivateCounts(oracle.scheme());
          counts.add(a.getKey());
          counts.add(b.getKey());
          counts.add(c.getKey());
          if (IntStream.range(0, oracle.scheme().moduli().size())
              .allMatch(j -> counts.reports(j) > 0)) {
            double probability = a.getValue() * b.getValue() * c.getValue();
            FrequencyEstimates estimates = oracle.estimate(counts);
            for (int item = 0; item < universe; item++) {
              expected[item] += probability * estimates.frequency(item);
            }
            mass += probability;
          }
        }
      }
    }

    for (int item = 0; item < universe; item++) {
      double truth = item == 0 ? 1.0 / 3 : item == universe - 1 ? 2.0 / 3 : 0;
      assertThat(expected[item] / mass).as("item " + item).isCloseTo(truth, within(1e-9));
    }
  }
}
