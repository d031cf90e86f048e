package dev.darkroom.jobs.generate;

import dev.darkroom.generation.StylePrefix;
import java.util.Optional;

/**
 * How one image of a prompt is to be drawn.
 *
 * @param seed of the noise
 * @param negative what it shall not be; may be empty
 * @param style what is put before the prompt
 * @param settings what images of one batch share
 */
record Variation(long seed, String negative, Optional<StylePrefix> style, BatchSettings settings) {
  /** What the model is told about a prompt. */
  String finalPrompt(String prompt) {
    return style.map(prefix -> prefix.apply(prompt)).orElse(prompt);
  }
}
