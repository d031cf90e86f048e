package dev.darkroom.generation;

import dev.darkroom.generation.noise.TorchNoise;
import java.util.Objects;

/**
 * One image to draw.
 *
 * @param prompt what should be in it; may be empty, and is cut where the model's text encoder ends
 * @param negativePrompt what should not be in it; empty for nothing in particular. Without guidance
 *     it has no effect
 * @param seed of the noise, from 0 to 2^32 - 1: the image that {@code
 *     torch.Generator("cpu").manual_seed(seed)} gives with diffusers
 */
public record SampleRequest(String prompt, String negativePrompt, long seed) {
  /** Refuses missing parts and seeds that PyTorch's generator would cut. */
  public SampleRequest {
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(negativePrompt, "negativePrompt");
    if (seed < 0 || seed > TorchNoise.MAX_SEED) {
      throw new IllegalArgumentException(
          "the seed is %d; seeds go from 0 to %d".formatted(seed, TorchNoise.MAX_SEED));
    }
  }
}
