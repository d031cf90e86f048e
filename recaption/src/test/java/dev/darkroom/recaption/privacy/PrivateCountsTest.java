package dev.darkroom.recaption.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrivateCountsTest {
  static Stream<FrequencyOracle> oracles() {
    return Stream.of(new SubsetSelection(30, 1), ModularSubsetSelection.of(300, 1));
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void anyGroupingGivesTheSame(FrequencyOracle oracle) {
    byte[] aThenB = merged(oracle, "a", "b", "c");
    PrivateCounts bThenC = some(oracle, "b");
    bThenC.merge(some(oracle, "c"));
    PrivateCounts nested = some(oracle, "a");
    nested.merge(bThenC);

    assertThat(nested.toBytes()).isEqualTo(aThenB);
    assertThat(merged(oracle, "c", "a", "b")).isEqualTo(aThenB);
    PrivateCounts withNothing = PrivateCounts.fromBytes(aThenB);
    withNothing.merge(new PrivateCounts(oracle.scheme()));
    assertThat(withNothing.toBytes()).isEqualTo(aThenB);
    assertThat(withNothing.reports()).isEqualTo(600);
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void bytesGiveTheSameCounts(FrequencyOracle oracle) {
    PrivateCounts counts = some(oracle, "a");

    PrivateCounts read = PrivateCounts.fromBytes(counts.toBytes());

    assertThat(read.scheme()).isEqualTo(oracle.scheme());
    for (int j = 0; j < oracle.scheme().moduli().size(); j++) {
      assertThat(read.reports(j)).isEqualTo(counts.reports(j));
      for (int value = 0; value < oracle.scheme().moduli().get(j); value++) {
        assertThat(read.hits(j, value)).isEqualTo(counts.hits(j, value));
      }
    }
    assertThat(FrequencyOracle.of(read.scheme()).estimate(read).frequency(3))
        .isEqualTo(oracle.estimate(counts).frequency(3));
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void otherBytesAreRefused(FrequencyOracle oracle) {
    byte[] bytes = some(oracle, "a").toBytes();
    byte[] older = bytes.clone();
    older[0] = 9;

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> PrivateCounts.fromBytes(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("end too soon");
    }
    assertThatThrownBy(() -> PrivateCounts.fromBytes(Arrays.copyOf(bytes, bytes.length + 1)))
        .hasMessageContaining("after their end");
    assertThatThrownBy(() -> PrivateCounts.fromBytes(older)).hasMessageContaining("version: 9");
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void whatDoesNotFitIsRefused(FrequencyOracle oracle) {
    PrivateCounts counts = new PrivateCounts(oracle.scheme());
    PrivateCounts other = new PrivateCounts(new SubsetSelection(7, 1).scheme());

    assertThatThrownBy(() -> counts.merge(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> counts.add(new PrivateReport(99, new int[] {1})))
        .hasMessageContaining("domain 99");
    assertThatThrownBy(() -> counts.add(new PrivateReport(0, new int[] {1, 1000})))
        .hasMessageContaining("doesn't fit");
    assertThatThrownBy(() -> counts.add(new PrivateReport(0, new int[] {})))
        .hasMessageContaining("doesn't fit");
    assertThat(counts.reports()).isZero();
  }

  private static byte[] merged(FrequencyOracle oracle, String... parts) {
    PrivateCounts counts = new PrivateCounts(oracle.scheme());
    Arrays.stream(parts).forEach(part -> counts.merge(some(oracle, part)));
    return counts.toBytes();
  }

  private static PrivateCounts some(FrequencyOracle oracle, String part) {
    PrivateCounts counts = new PrivateCounts(oracle.scheme());
    for (int user = 0; user < 200; user++) {
      counts.add(oracle.report(user % 30, UserRandom.seeded(1, part + user)));
    }
    return counts;
  }
}
