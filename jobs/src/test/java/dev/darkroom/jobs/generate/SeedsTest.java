package dev.darkroom.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {
  @Test
  void rangesAndNumbersStandInTheirOrder() {
    Seeds seeds = Seeds.of("0..3, 17,5..5");
    assertThat(seeds.size()).isEqualTo(6);
    assertThat(LongStream.range(0, seeds.size()).map(seeds::at))
        .containsExactly(0L, 1L, 2L, 3L, 17L, 5L);
  }

  @Test
  void millionsTakeNoRoom() {
    Seeds seeds = Seeds.of("0..4294967295");
    assertThat(seeds.size()).isEqualTo(1L << 32);
    assertThat(seeds.at(seeds.size() - 1)).isEqualTo(Seeds.GREATEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1,", "3..1", "-1", "1...2", "0..4294967296", "1..3,2"})
  void whatIsNoListOfSeedsIsRefused(String text) {
    assertThatThrownBy(() -> Seeds.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seeds");
  }
}
