package dev.darkroom.recaption.nouns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NounCountsTest {
  @Test
  void aNounIsCountedByOccurrencesAndByCaptions() {
    NounCounts counts = of(List.of("dog", "dog", "cat"), List.of(), List.of("dog"));

    assertThat(counts.histogram())
        .containsExactly(new NounCounts.Entry("dog", 3, 2), new NounCounts.Entry("cat", 1, 1));
    assertThat(counts.captions()).isEqualTo(3);
    assertThat(counts.total()).isEqualTo(4);
    assertThat(counts.occurrences("dog")).isEqualTo(3);
    assertThat(counts.occurrences("bird")).isZero();
  }

  @Test
  void theMostFrequentComeFirstAndThoseAsFrequentByTheirLetters() {
    assertThat(of(List.of("b", "c", "a", "c")).histogram())
        .extracting(NounCounts.Entry::noun)
        .containsExactly("c", "a", "b");
  }

  @Property(tries = 100)
  void partsMergeToTheWholeInAnyOrder(
      @ForAll("captions") List<List<String>> captions, @ForAll Random random) {
    NounCounts whole = new NounCounts();
    captions.forEach(whole::add);
    List<NounCounts> parts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      parts.add(new NounCounts());
    }
    captions.forEach(caption -> parts.get(random.nextInt(parts.size())).add(caption));
    Collections.shuffle(parts, random);
    NounCounts merged = new NounCounts();
    parts.forEach(merged::merge);

    assertThat(merged).isEqualTo(whole);
    assertThat(NounCountsFormat.write(merged)).isEqualTo(NounCountsFormat.write(whole));
  }

  @Property(tries = 100)
  void countsAreThoseOfAPlainCollection(@ForAll("captions") List<List<String>> captions) {
    NounCounts counts = new NounCounts();
    captions.forEach(counts::add);

    Map<String, Long> expected =
        captions.stream()
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(
            counts
                .entries()
                .collect(Collectors.toMap(NounCounts.Entry::noun, NounCounts.Entry::occurrences)))
        .isEqualTo(expected);
    assertThat(counts.total())
        .isEqualTo(expected.values().stream().mapToLong(Long::longValue).sum());
    assertThat(counts.entries())
        .allSatisfy(
            entry ->
                assertThat(entry.captions())
                    .isEqualTo(captions.stream().filter(c -> c.contains(entry.noun())).count()));
  }

  @Property(tries = 100)
  void bytesGiveTheSameCounts(@ForAll("captions") List<List<String>> captions) {
    NounCounts counts = new NounCounts();
    captions.forEach(counts::add);

    assertThat(NounCountsFormat.read(NounCountsFormat.write(counts))).isEqualTo(counts);
  }

  @Property(tries = 200)
  void damagedBytesAreRefusedOrReadButNeverHarm(@ForAll byte[] tail, @ForAll Random random) {
    byte[] bytes = NounCountsFormat.write(of(List.of("dog", "doll", "dog"), List.of("zebra")));
    byte[] damaged = Arrays.copyOf(bytes, bytes.length + tail.length);
    System.arraycopy(tail, 0, damaged, bytes.length, tail.length);
    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    try {
      assertThat(NounCountsFormat.read(damaged).captions()).isNotNegative();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("noun counts");
    }
  }

  @Test
  void whatIsNoCountsSaysWhy() {
    byte[] bytes = NounCountsFormat.write(of(List.of("dog")));

    assertThatThrownBy(() -> NounCountsFormat.read(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("noun counts are damaged: they end too early; count the captions again");
    assertThatThrownBy(() -> NounCountsFormat.read(Arrays.copyOf(bytes, bytes.length + 2)))
        .hasMessageContaining("2 bytes follow the last noun");
    assertThatThrownBy(() -> NounCountsFormat.read("9".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("version 57");
  }

  @Test
  void theBytesAreThoseOfTheFormat() {
    assertThat(NounCountsFormat.write(of(List.of("doll", "dog"), List.of("dog", "dog"))))
        .isEqualTo(new byte[] {1, 2, 2, 0, 3, 'd', 'o', 'g', 3, 1, 2, 2, 'l', 'l', 1, 0});
  }

  @Test
  void aRowOfTableOne() {
    NounCounts counts = new NounCounts();
    for (int i = 0; i < 11; i++) {
      counts.add(List.of("sky", "number " + i));
    }
    for (int i = 0; i < 5; i++) {
      counts.add(List.of("dog", "dog"));
    }
    NounDensity density = NounDensity.of(counts, NounDensity.USUAL_THRESHOLD);

    // A sky stands eleven times, which is more than ten; dogs stand ten times.
    assertThat(density).isEqualTo(new NounDensity(16, 10, 1, 13, 32));
    assertThat(density.validShare()).isEqualTo(1 / 13.0);
    assertThat(density.average()).isEqualTo(2);
    assertThat(NounDensity.of(new NounCounts(), 10).average()).isZero();
    assertThat(NounDensity.of(new NounCounts(), 10).validShare()).isZero();
  }

  @Provide
  Arbitrary<List<List<String>>> captions() {
    Arbitrary<String> nouns =
        Arbitraries.oneOf(
            Arbitraries.of("dog", "dogs", "Dog", "", "été", "犬", "🙂", "a b"),
            Arbitraries.strings().withCharRange('a', 'c').ofMaxLength(3));
    return nouns.list().ofMaxSize(6).list().ofMaxSize(20);
  }

  @SafeVarargs
  private static NounCounts of(List<String>... captions) {
    NounCounts counts = new NounCounts();
    for (List<String> caption : captions) {
      counts.add(caption);
    }
    return counts;
  }
}
