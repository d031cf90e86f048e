package dev.darkroom.recaption.nouns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RarefactionTest {
  private static final long THRESHOLD = 3;

  @Test
  void probabilitiesAreThoseOfExactArithmetic() {
    for (long population : new long[] {1, 2, 7, 40, 300}) {
      for (long drawn = 0; drawn <= population; drawn += Math.max(1, population / 6)) {
        Hypergeometric draws = new Hypergeometric(population, drawn);
        for (long marked = 0; marked <= population; marked += Math.max(1, population / 9)) {
          for (long limit = 0; limit <= population; limit += Math.max(1, population / 7)) {
            assertThat(draws.moreThan(marked, limit))
                .as("%d of %d, %d marked, more than %d", drawn, population, marked, limit)
                .isCloseTo(exact(population, drawn, marked, limit), within(1e-11));
          }
        }
      }
    }
  }

  @Test
  void ofManyCaptionsToo() {
    // 1 - ((N - n) / N) for a noun of one caption; about 1 - e^-d n/N for one of d.
    Hypergeometric draws = new Hypergeometric(10_000_000, 10_000);
    assertThat(draws.moreThan(1, 0)).isCloseTo(1e-3, within(1e-10));
    assertThat(draws.moreThan(5_000, 0)).isCloseTo(1 - Math.exp(-5.0025), within(1e-5));
    assertThat(draws.moreThan(10_000_000, 9_999)).isEqualTo(1);
    assertThat(draws.moreThan(10_000_000, 10_000)).isZero();
  }

  @Test
  void allCaptionsAreWhatWasCounted() {
    NounCounts counts = drawnFromZipf(400, new Random(1), 1);
    NounDensity density = NounDensity.of(counts, THRESHOLD);

    Rarefaction.Expected all = new Rarefaction(counts, THRESHOLD).to(400);

    assertThat(all.distinct()).isCloseTo(density.distinct(), within(1e-9));
    assertThat(all.valid()).isCloseTo(density.valid(), within(1e-9));
    assertThat(all.total()).isEqualTo(density.total());
    assertThat(all.validShare()).isCloseTo(density.validShare(), within(1e-12));
  }

  @Test
  void fewerCaptionsAreWhatDrawingThemGivesOnAverage() {
    List<List<String>> captions = zipf(400, new Random(2), 1);
    Rarefaction.Expected expected = new Rarefaction(count(captions), THRESHOLD).to(100);

    Averages drawn = draw(captions, 100, 2000);

    assertThat(drawn.distinct()).isCloseTo(expected.distinct(), within(drawn.error(4)));
    assertThat(drawn.valid()).isCloseTo(expected.valid(), within(drawn.error(4)));
  }

  @Test
  void nounsThatCaptionsRepeatAreAllowedForAboutRight() {
    List<List<String>> captions = zipf(400, new Random(3), 3);
    Rarefaction.Expected expected = new Rarefaction(count(captions), THRESHOLD).to(100);

    Averages drawn = draw(captions, 100, 500);

    assertThat(drawn.distinct()).isCloseTo(expected.distinct(), within(drawn.error(4)));
    assertThat(drawn.valid() / expected.valid()).isBetween(0.85, 1.15);
  }

  @Test
  void moreCannotBeDrawnThanThereAre() {
    NounCounts counts = new NounCounts();
    counts.add(List.of("dog"));

    assertThat(new Rarefaction(counts, 10).to(0).validShare()).isZero();
    assertThatThrownBy(() -> new Rarefaction(counts, 10).to(2))
        .hasMessage("of 1 captions 2 can't be drawn; draw 0 to 1");
  }

  private static double exact(long population, long drawn, long marked, long limit) {
    BigInteger sum = BigInteger.ZERO;
    for (long x = limit + 1; x <= Math.min(marked, drawn); x++) {
      sum = sum.add(choose(marked, x).multiply(choose(population - marked, drawn - x)));
    }
    return new BigDecimal(sum)
        .divide(new BigDecimal(choose(population, drawn)), MathContext.DECIMAL64)
        .doubleValue();
  }

  private static BigInteger choose(long n, long k) {
    if (k < 0 || k > n) {
      return BigInteger.ZERO;
    }
    BigInteger result = BigInteger.ONE;
    for (long i = 1; i <= k; i++) {
      result = result.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
    }
    return result;
  }

  private record Averages(double distinct, double valid, double deviation, int draws) {
    double error(double deviations) {
      return deviations * deviation / Math.sqrt(draws);
    }
  }

  private static Averages draw(List<List<String>> captions, int size, int draws) {
    Random random = new Random(4);
    List<List<String>> shuffled = new ArrayList<>(captions);
    double distinct = 0;
    double valid = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      Collections.shuffle(shuffled, random);
      NounDensity density = NounDensity.of(count(shuffled.subList(0, size)), THRESHOLD);
      distinct += density.distinct();
      valid += density.valid();
      squares += (double) density.distinct() * density.distinct();
    }
    double mean = distinct / draws;
    return new Averages(mean, valid / draws, Math.sqrt(squares / draws - mean * mean), draws);
  }

  private static NounCounts drawnFromZipf(int captions, Random random, int most) {
    return count(zipf(captions, random, most));
  }

  /** Captions of up to eight nouns, each noun once to {@code most} times. */
  private static List<List<String>> zipf(int captions, Random random, int most) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < captions; i++) {
      List<String> nouns = new ArrayList<>();
      for (int k = random.nextInt(8); k > 0; k--) {
        String noun = "noun " + (int) Math.floor(300 * Math.pow(random.nextDouble(), 3));
        if (!nouns.contains(noun)) {
          nouns.addAll(Collections.nCopies(1 + random.nextInt(most), noun));
        }
      }
      all.add(nouns);
    }
    return all;
  }

  private static NounCounts count(List<List<String>> captions) {
    NounCounts counts = new NounCounts();
    captions.forEach(counts::add);
    return counts;
  }
}
