package dev.darkroom.jobs.generate;

import dev.darkroom.generation.SamplingParameters;
import dev.darkroom.generation.StylePrefix;
import dev.darkroom.generation.scheduler.SamplerKind;
import java.io.Serializable;
import java.util.List;

/**
 * How each prompt is to be drawn: every combination of these lists. A list that is empty leaves the
 * choice to the model.
 *
 * @param seeds of the noise
 * @param negatives negative prompts
 * @param styles what is put before the prompt
 * @param steps sampling steps
 * @param guidances classifier-free guidance scales
 * @param samplers how the noise is taken away
 * @param minorities strengths of minority guidance
 * @param sizes in pixels
 */
public record Wishes(
    Seeds seeds,
    List<String> negatives,
    List<StylePrefix> styles,
    List<Integer> steps,
    List<Double> guidances,
    List<SamplerKind> samplers,
    List<Double> minorities,
    List<PictureSize> sizes)
    implements Serializable {
  /** Takes copies. */
  public Wishes {
    negatives = List.copyOf(negatives);
    styles = List.copyOf(styles);
    steps = List.copyOf(steps);
    guidances = List.copyOf(guidances);
    samplers = List.copyOf(samplers);
    minorities = List.copyOf(minorities);
    sizes = List.copyOf(sizes);
  }

  /** Seeds alone; the model chooses the rest. */
  public static Wishes of(Seeds seeds) {
    return new Wishes(
        seeds, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /**
   * All combinations, with the model's own choices where there are no others.
   *
   * @param model steps, guidance and size that it was made for
   * @param sampler its own
   */
  Matrix matrix(SamplingParameters model, SamplerKind sampler) {
    return new Matrix(
        seeds,
        or(negatives, ""),
        or(styles.stream().map(StylePrefix::name).toList(), ""),
        or(steps, model.steps()),
        or(guidances, model.guidanceScale()),
        or(samplers, sampler),
        or(minorities, 0.0),
        or(sizes, new PictureSize(model.width(), model.height())));
  }

  private static <T> List<T> or(List<T> wished, T usual) {
    return wished.isEmpty() ? List.of(usual) : wished;
  }
}
