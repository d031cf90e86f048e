package dev.darkroom.generation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.generation.evaluation.CompositionScores.Count;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CompositionScoresTest {
  private static final Box LEFT = new Box(0.1, 0.4, 0.3, 0.6);
  private static final Box RIGHT = new Box(0.6, 0.45, 0.9, 0.65);

  @Test
  void bindingMultipliesThePhrases() {
    assertThat(CompositionScores.binding(List.of(0.5, 0.8))).isCloseTo(0.4, within(1e-12));
    assertThat(CompositionScores.binding(List.of(1.0, 0.0, 1.0))).isZero();
    assertThatThrownBy(() -> CompositionScores.binding(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CompositionScores.binding(List.of(Double.NaN)))
        .hasMessageContaining("0 to 1");
  }

  @Test
  void spatialScoresBelowOneHalfAreNothing() {
    assertThat(CompositionScores.spatial(1, 1, 1)).isEqualTo(1);
    assertThat(CompositionScores.spatial(0.6, 0.8, 1)).isCloseTo(0.85, within(1e-12));
    assertThat(CompositionScores.spatial(1, 1, 0)).isEqualTo(0.5);
    assertThat(CompositionScores.spatial(0.9, 0.9, 0)).isZero();
    assertThat(CompositionScores.spatial(1, 0, 1)).as("one is missing").isZero();
  }

  @Test
  void positionsWantTheGreaterDistanceInTheirDirection() {
    assertThat(Position.LEFT_OF.score(LEFT, RIGHT)).isEqualTo(1);
    assertThat(Position.RIGHT_OF.score(RIGHT, LEFT)).isEqualTo(1);
    assertThat(Position.RIGHT_OF.score(LEFT, RIGHT)).isZero();
    assertThat(Position.ABOVE.score(LEFT, RIGHT)).as("above by little").isZero();
    Box below = new Box(0.2, 0.8, 0.4, 0.95);
    assertThat(Position.ABOVE.score(LEFT, below)).isEqualTo(1);
    assertThat(Position.BELOW.score(below, LEFT)).isEqualTo(1);
    assertThat(Position.LEFT_OF.score(LEFT, below)).isZero();
  }

  @Test
  void boxesThatOverlapCountLess() {
    Box one = new Box(0, 0, 0.4, 0.4);
    Box other = new Box(0.2, 0, 0.6, 0.4);

    assertThat(one.overlap(other)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(Position.LEFT_OF.score(one, other)).isCloseTo(0.3, within(1e-12));
    assertThat(one.with(other)).isEqualTo(new Box(0, 0, 0.6, 0.4));
  }

  @Test
  void whatIsNearIsNearInOneDirectionAtLeast() {
    Box corner = new Box(0, 0, 0.1, 0.1);

    assertThat(Position.NEXT_TO.score(LEFT, RIGHT)).as("level with it").isEqualTo(1);
    assertThat(Position.NEXT_TO.score(corner, new Box(0.6, 0.5, 0.7, 0.6)))
        .isCloseTo(150.0 / 512 / 0.6, within(1e-12));
  }

  @Test
  void numeracyIsHalfPresenceHalfCount() {
    assertThat(CompositionScores.numeracy(List.of(new Count(3, 3)))).isEqualTo(1);
    assertThat(CompositionScores.numeracy(List.of(new Count(3, 2)))).isEqualTo(0.5);
    assertThat(CompositionScores.numeracy(List.of(new Count(1, 0), new Count(2, 2))))
        .isEqualTo(0.5);
  }

  @Test
  void complexIsTheMeanOfWhatApplies() {
    assertThat(CompositionScores.complex(0.2, OptionalDouble.of(0.6), OptionalDouble.of(1)))
        .isCloseTo(0.6, within(1e-12));
    assertThat(CompositionScores.complex(0.2, OptionalDouble.of(0.6), OptionalDouble.empty()))
        .isCloseTo(0.4, within(1e-12));
    assertThat(CompositionScores.complex(0.2, OptionalDouble.empty(), OptionalDouble.empty()))
        .isEqualTo(0.2);
  }
}
