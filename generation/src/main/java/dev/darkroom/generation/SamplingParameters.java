package dev.darkroom.generation;

import dev.darkroom.generation.scheduler.SamplerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How images are drawn; {@link DiffusionPipeline#defaults()} gives the model's own.
 *
 * @param steps how often the model is asked, at least 1; the scheduler may allow fewer than what it
 *     was trained with
 * @param guidanceScale w in u + w (c - u), u the model's output for the negative prompt and c that
 *     for the prompt (Ho and Salimans, "Classifier-free diffusion guidance", 2022, in the form of
 *     Imagen's equation 2), to 1e6; at 1 there is no guidance and the negative prompt is not used
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param sampler takes over the noise schedule from the model's own sampler; that one where empty
 * @param eta noise of DDIM's steps, from 0 to 1; with other samplers 0
 * @param minority how strongly samples are pushed towards regions of low density (minority guidance
 *     by noising and denoising, after Um and Ye, 2024), from 0, not at all, upwards; doubles the
 *     model's work where it is not 0
 */
public record SamplingParameters(
    int steps,
    double guidanceScale,
    int width,
    int height,
    Optional<SamplerKind> sampler,
    double eta,
    double minority) {
  private static final double LARGEST = 1e6;

  /**
   * Refuses what no model can do.
   *
   * @throws IllegalArgumentException that names every bad value
   */
  public SamplingParameters {
    Objects.requireNonNull(sampler, "sampler");
    List<String> problems = new ArrayList<>();
    if (steps < 1) {
      problems.add("steps is %d; at least 1 is needed".formatted(steps));
    }
    if (!(guidanceScale >= 1 && guidanceScale <= LARGEST)) {
      problems.add("guidance is %s; 1 (none) to %s is expected".formatted(guidanceScale, LARGEST));
    }
    if (width < 1 || height < 1) {
      problems.add("the size is %d x %d; both must be positive".formatted(width, height));
    }
    if (!(eta >= 0 && eta <= 1)) {
      problems.add("eta is %s; 0 to 1 is expected".formatted(eta));
    }
    if (!(minority >= 0 && minority <= LARGEST)) {
      problems.add("minority is %s; 0 (none) to %s is expected".formatted(minority, LARGEST));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** Whether the negative prompt has a part. */
  public boolean isGuided() {
    return guidanceScale > 1;
  }

  /** The same with another number of steps. */
  public SamplingParameters withSteps(int count) {
    return new SamplingParameters(count, guidanceScale, width, height, sampler, eta, minority);
  }

  /** The same with other guidance. */
  public SamplingParameters withGuidanceScale(double scale) {
    return new SamplingParameters(steps, scale, width, height, sampler, eta, minority);
  }

  /** The same with another size in pixels. */
  public SamplingParameters withSize(int newWidth, int newHeight) {
    return new SamplingParameters(
        steps, guidanceScale, newWidth, newHeight, sampler, eta, minority);
  }

  /** The same with another sampler. */
  public SamplingParameters withSampler(SamplerKind kind) {
    return new SamplingParameters(
        steps, guidanceScale, width, height, Optional.of(kind), eta, minority);
  }

  /** The same with other noise in DDIM's steps. */
  public SamplingParameters withEta(double value) {
    return new SamplingParameters(steps, guidanceScale, width, height, sampler, value, minority);
  }

  /** The same with another strength of minority guidance. */
  public SamplingParameters withMinority(double strength) {
    return new SamplingParameters(steps, guidanceScale, width, height, sampler, eta, strength);
  }
}
