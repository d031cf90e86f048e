package dev.darkroom.jobs.generate;

import dev.darkroom.generation.StylePrefix;
import dev.darkroom.generation.scheduler.SamplerKind;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * All combinations of the lists that were given, each worked out when it is asked for. Seeds change
 * fastest, so that images of the same prompt come one after the other.
 *
 * @param seeds of the noise
 * @param negatives negative prompts
 * @param styles names of {@link StylePrefix}; an empty one for none
 * @param steps sampling steps
 * @param guidances classifier-free guidance scales
 * @param samplers how the noise is taken away
 * @param minorities strengths of minority guidance
 * @param sizes in pixels
 */
record Matrix(
    Seeds seeds,
    List<String> negatives,
    List<String> styles,
    List<Integer> steps,
    List<Double> guidances,
    List<SamplerKind> samplers,
    List<Double> minorities,
    List<PictureSize> sizes)
    implements Serializable {

  /** Takes copies, which travel. */
  Matrix {
    negatives = List.copyOf(negatives);
    styles = List.copyOf(styles);
    steps = List.copyOf(steps);
    guidances = List.copyOf(guidances);
    samplers = List.copyOf(samplers);
    minorities = List.copyOf(minorities);
    sizes = List.copyOf(sizes);
  }

  /**
   * How many combinations there are.
   *
   * @throws ArithmeticException where they can't be counted
   */
  long size() {
    long size = seeds.size();
    for (List<?> list : List.of(negatives, styles, steps, guidances, samplers, minorities, sizes)) {
      size = Math.multiplyExact(size, list.size());
    }
    return size;
  }

  /**
   * One of them.
   *
   * @param index 0 to size - 1
   */
  Variation at(long index) {
    Digits digits = new Digits(index);
    long seed = seeds.at(digits.below(seeds.size()));
    String negative = digits.of(negatives);
    String style = digits.of(styles);
    return new Variation(
        seed,
        negative,
        style.isEmpty() ? Optional.empty() : Optional.of(StylePrefix.valueOf(style)),
        new BatchSettings(
            digits.of(steps),
            digits.of(guidances),
            digits.of(samplers),
            digits.of(minorities),
            digits.of(sizes)));
  }

  /** What the images of a batch can share: every combination of all but seeds and texts. */
  List<BatchSettings> settings() {
    Matrix without =
        new Matrix(
            Seeds.of("0"), List.of(""), List.of(""), steps, guidances, samplers, minorities, sizes);
    return LongStream.range(0, without.size())
        .mapToObj(index -> without.at(index).settings())
        .toList();
  }

  /** A number read digit by digit, each digit to a base of its own. */
  private static final class Digits {
    private long rest;

    Digits(long number) {
      this.rest = number;
    }

    long below(long base) {
      long digit = rest % base;
      rest /= base;
      return digit;
    }

    <T> T of(List<T> list) {
      return list.get((int) below(list.size()));
    }
  }
}
