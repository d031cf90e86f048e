package dev.darkroom.jobs.generate;

import dev.darkroom.models.ModelIdentity;

/**
 * The parameters as one text, in the form that AUTOMATIC1111's web UI writes into its PNG files and
 * that most viewers of generated images read.
 */
final class ParameterText {
  private static final int HASH_DIGITS = 10;

  private ParameterText() {}

  /** The text: prompt, negative prompt, and a line of settings. */
  static String of(PlannedSample sample, ModelIdentity model) {
    BatchSettings settings = sample.settings();
    StringBuilder text = new StringBuilder(sample.finalPrompt());
    if (!sample.negative().isEmpty()) {
      text.append("\nNegative prompt: ").append(sample.negative());
    }
    text.append(
        "\nSteps: %d, Sampler: %s, CFG scale: %s, Seed: %d, Size: %dx%d, Model hash: %s, Model: %s, Version: %s"
            .formatted(
                settings.steps(),
                settings.samplerName(),
                settings.guidance(),
                sample.seed(),
                settings.size().width(),
                settings.size().height(),
                model.hash().substring(0, HASH_DIGITS),
                model.id(),
                Provenance.engine()));
    return text.toString();
  }
}
