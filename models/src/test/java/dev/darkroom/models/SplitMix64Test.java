package dev.darkroom.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitMix64Test {
  @ParameterizedTest
  @CsvSource({"0, 16294208416658607535", "1, 10451216379200822465", "7, 7191089600892374487"})
  void randomNumbersAreSplitMix64s(long seed, String first) {
    assertThat(Long.toUnsignedString(new SplitMix64(seed).nextLong())).isEqualTo(first);
  }

  /** The first five numbers that splitmix64.c draws from 1234567. */
  @Test
  void numbersFollowAsInTheReference() {
    SplitMix64 random = new SplitMix64(1_234_567);
    assertThat(LongStream.generate(random::nextLong).limit(5).mapToObj(Long::toUnsignedString))
        .containsExactly(
            "6457827717110365317",
            "3203168211198807973",
            "9817491932198370423",
            "4593380528125082431",
            "16408922859458223821");
  }

  @Test
  void doublesAreTheUpperBits() {
    SplitMix64 whole = new SplitMix64(5);
    SplitMix64 random = new SplitMix64(5);
    for (int i = 0; i < 1000; i++) {
      assertThat(random.nextDouble())
          .isEqualTo((whole.nextLong() >>> 11) / (double) (1L << 53))
          .isBetween(0.0, Math.nextDown(1.0));
    }
    assertThat(SplitMix64.unit(-1L)).isEqualTo(Math.nextDown(1.0));
    assertThat(SplitMix64.unit(0)).isZero();
  }
}
