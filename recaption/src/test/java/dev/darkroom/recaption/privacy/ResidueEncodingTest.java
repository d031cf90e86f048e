package dev.darkroom.recaption.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When residues tell items apart, and how well. */
class ResidueEncodingTest {
  private static final long PRIME = 1_000_003;

  @ParameterizedTest
  @CsvSource({
    "30, 2 3 5",
    "30, 5 6 7",
    "12, 3 4 5",
    "16, 3 4 5 7",
    "17, 3 4 5 7",
    "60, 31 32",
    "100, 41 43 45",
    "100, 7 9 11 13 16",
    "200, 30 31 37 41 43 47"
  })
  void consecutiveNumbersHaveTheRankOfTheirPeriods(int universe, String moduli) {
    List<Integer> chosen = List.of(moduli.split(" ")).stream().map(Integer::valueOf).toList();
    int equations = 1 + chosen.stream().mapToInt(modulus -> modulus - 1).sum();

    ResidueEncoding encoding = new ResidueEncoding(universe, chosen, 0);

    assertThat(rank(encoding, chosen, universe)).isEqualTo(Math.min(universe, equations));
    if (equations < universe) {
      assertThat(encoding.recovers()).isFalse();
    }
  }

  @Test
  void fullRankAloneIsNotEnough() {
    List<Integer> moduli = List.of(30, 31, 37, 41, 43, 47);

    assertThat(rank(new ResidueEncoding(200, moduli, 0), moduli, 200)).isEqualTo(200);
    assertThat(new ResidueEncoding(200, moduli, 0).recovers()).as("to 6 digits").isFalse();
    assertThat(new ResidueEncoding(200, moduli, 1).recovers()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1000, 20_000})
  void theSolverNeedsFewSteps(int universe) {
    ModularSubsetSelection oracle = ModularSubsetSelection.of(universe, 1);
    double[] weights = new double[oracle.scheme().moduli().size()];
    Arrays.fill(weights, 1);
    double[] rightSide =
        new Random(4)
            .doubles(oracle.scheme().moduli().stream().mapToInt(Integer::intValue).sum())
            .toArray();

    LeastSquares.Solution solution =
        new LeastSquares(oracle.encoding().matrix(weights), 1000).solve(rightSide);

    assertThat(solution.converged()).isTrue();
    assertThat(solution.steps()).isLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 15, 16, 17, 24, 33, 64, 100, 150, 255})
  void theModuliThatAreTakenHaveFullRank(int universe) {
    ModularSubsetSelection oracle = ModularSubsetSelection.of(universe, 1);

    assertThat(rank(oracle.encoding(), oracle.scheme().moduli(), universe)).isEqualTo(universe);
    assertThat(oracle.encoding().varianceFactor(10)).isBetween(0.9, 2.0);
  }

  @Test
  void scatteredNumbersKeepTheNoiseSmall() {
    List<Integer> moduli = ModularSubsetSelection.of(256, 1).scheme().moduli();

    assertThat(new ResidueEncoding(256, moduli, 0).varianceFactor(20)).isGreaterThan(10);
    assertThat(new ResidueEncoding(256, moduli, 1).varianceFactor(20)).isLessThan(1.5);
    assertThat(ModularSubsetSelection.of(20_000, 1).encoding().varianceFactor(3)).isLessThan(1.5);
  }

  @Test
  void twoItemsWithTheSameResiduesAreNoticed() {
    assertThat(new ResidueEncoding(40, List.of(19, 21), 5).recovers()).isFalse();
    assertThatThrownBy(() -> new ModularSubsetSelection(new Scheme(40, 1, List.of(19, 21), 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can't tell 40 items apart");
  }

  @Test
  void moduliMustBeCoprimeAndReachTheUniverse() {
    assertThatThrownBy(() -> new ResidueEncoding(20, List.of(6, 9), 0))
        .hasMessageContaining("pairwise coprime");
    assertThatThrownBy(() -> new ResidueEncoding(20, List.of(2, 3), 0))
        .hasMessageContaining("product");
  }

  /** Gauss's elimination modulo a prime: never above the true rank. */
  private static int rank(ResidueEncoding encoding, List<Integer> moduli, int universe) {
    int rows = moduli.stream().mapToInt(Integer::intValue).sum();
    long[][] matrix = new long[rows][universe];
    int first = 0;
    for (int j = 0; j < moduli.size(); j++) {
      for (int item = 0; item < universe; item++) {
        matrix[first + encoding.residue(j, item)][item] = 1;
      }
      first += moduli.get(j);
    }
    int rank = 0;
    for (int column = 0; column < universe && rank < rows; column++) {
      int pivot = rank;
      while (pivot < rows && matrix[pivot][column] == 0) {
        pivot++;
      }
      if (pivot < rows) {
        long[] row = matrix[pivot];
        matrix[pivot] = matrix[rank];
        matrix[rank++] = row;
        long inverse = power(row[column], PRIME - 2);
        for (int below = rank; below < rows; below++) {
          long factor = matrix[below][column] * inverse % PRIME;
          for (int i = column; factor != 0 && i < universe; i++) {
            matrix[below][i] = (matrix[below][i] + (PRIME - factor) * row[i]) % PRIME;
          }
        }
      }
    }
    return rank;
  }

  private static long power(long base, long exponent) {
    long result = 1;
    long square = base % PRIME;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result = result * square % PRIME;
      }
      square = square * square % PRIME;
    }
    return result;
  }
}
