package dev.darkroom.recaption.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeastSquaresTest {
  /** Where the residual is at a right angle to all columns, no other x is better. */
  @ParameterizedTest
  @CsvSource({"1, 1", "5, 5", "8, 3", "60, 40", "3, 1"})
  void theResidualIsOrthogonalToTheColumns(int rows, int columns) {
    Random random = new Random(rows);
    double[][] entries = new double[rows][];
    for (int row = 0; row < rows; row++) {
      entries[row] = random.doubles(columns, -1, 1).toArray();
    }
    double[] rightSide = random.doubles(rows, -1, 1).toArray();

    LeastSquares.Solution solution = new LeastSquares(new Dense(entries), 1000).solve(rightSide);

    double[] residual = rightSide.clone();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        residual[row] -= entries[row][column] * solution.values()[column];
      }
    }
    assertThat(solution.converged()).isTrue();
    for (int column = 0; column < columns; column++) {
      double product = 0;
      for (int row = 0; row < rows; row++) {
        product += entries[row][column] * residual[row];
      }
      assertThat(product).isCloseTo(0, within(1e-10));
    }
  }

  @Test
  void nothingComesOfNothing() {
    LeastSquares.Solution solution =
        new LeastSquares(new Dense(new double[][] {{1, 2}, {3, 4}}), 9).solve(new double[2]);

    assertThat(solution.values()).containsExactly(0, 0);
    assertThat(solution.steps()).isZero();
  }

  @Test
  void whoStopsTooSoonIsTold() {
    double[][] entries = {{1, 0, 0}, {0, 2, 0}, {0, 0, 3}};

    assertThat(new LeastSquares(new Dense(entries), 2).solve(new double[] {1, 1, 1}).converged())
        .isFalse();
    assertThat(new LeastSquares(new Dense(entries), 3).solve(new double[] {1, 1, 1}).converged())
        .isTrue();
  }

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares these.
  private record Dense(double[][] entries) implements LinearOperator {
    @Override
    public int columns() {
      return entries[0].length;
    }

    @Override
    public void addProduct(double[] x, double[] y) {
      for (int row = 0; row < entries.length; row++) {
        for (int column = 0; column < columns(); column++) {
          y[row] += entries[row][column] * x[column];
        }
      }
    }

    @Override
    public void addTransposedProduct(double[] y, double[] x) {
      for (int row = 0; row < entries.length; row++) {
        for (int column = 0; column < columns(); column++) {
          x[column] += entries[row][column] * y[row];
        }
      }
    }
  }
}
