package dev.darkroom.recaption.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class AlignmentTest {
  /** What gzip adds: a header of 10 bytes, checksum and length. */
  private static final int GZIP_FRAME = 18;

  @Test
  void theDistanceIsTheFormula() {
    String text = "a red bus on a street in London";
    String target = "two red buses on a wet street in the city of London";
    double x = gzipped(text);
    double t = gzipped(target);
    double both = gzipped(text + target);

    try (CompressionDistance distance = new CompressionDistance()) {
      assertThat(distance.between(text, target))
          .isEqualTo((both - Math.min(x, t)) / Math.max(x, t));
      assertThat(distance.between(target, text))
          .isEqualTo((gzipped(target + text) - Math.min(x, t)) / Math.max(x, t));
    }
  }

  @Test
  void alignmentIsOneLessTheMeanDistance() {
    List<String> targets =
        List.of("a brown horse", "three horses on a meadow", "ein Pferd, grün 馬");
    String text = "a horse on a meadow";

    try (Alignment alignment = new Alignment(targets);
        CompressionDistance distance = new CompressionDistance()) {
      double mean =
          targets.stream().mapToDouble(t -> distance.between(text, t)).average().orElseThrow();
      assertThat(alignment.of(text)).isCloseTo(1 - mean, within(1e-15));
    }
  }

  @Test
  void likeFitsLike() {
    String target = "an x-ray of the chest of an adult patient, front view";

    try (Alignment alignment = new Alignment(List.of(target))) {
      double same = alignment.of(target);
      double alike = alignment.of("an x-ray of the chest of a child, side view");
      double other = alignment.of("Blue Suede Shoes, Vinyl LP, 1956 Reissue!");
      assertThat(same).isGreaterThan(0.85);
      assertThat(alike).isBetween(other + 0.2, same);
      assertThat(other).isBetween(-0.1, 0.3);
    }
  }

  @Test
  void whatCameBeforeDoesNotShow() {
    String random =
        new Random(1)
            .ints(100_000, ' ', '~')
            .mapToObj(c -> String.valueOf((char) c))
            .collect(Collectors.joining());
    List<String> texts = List.of("a cat", random, "", "a cat on a mat", random + random, "b");

    try (Alignment used = new Alignment(List.of("a cat and a dog", random))) {
      for (String text : texts) {
        try (Alignment fresh = new Alignment(List.of("a cat and a dog", random))) {
          assertThat(used.of(text)).isEqualTo(fresh.of(text));
        }
      }
    }
  }

  @Test
  void withoutTargetsThereIsNoAlignment() {
    assertThatThrownBy(() -> new Alignment(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no target");
  }

  private static double gzipped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.size() - GZIP_FRAME;
  }
}
