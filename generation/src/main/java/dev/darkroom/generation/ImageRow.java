package dev.darkroom.generation;

import dev.darkroom.generation.noise.GaussianNoise;
import dev.darkroom.generation.noise.TorchNoise;
import dev.darkroom.generation.scheduler.Scheduler;
import dev.darkroom.generation.scheduler.Stepper;
import java.util.Optional;

/**
 * One image on its way: what it is guided by, its own noise, its latent, and what went wrong with
 * it. Shares nothing with the other rows of its batch.
 */
final class ImageRow {
  private static final long SECOND_SEED = 0x80000000L;

  private final SampleRequest request;
  private final TextEmbedding prompt;
  private final Optional<TextEmbedding> negative;
  private final Stepper stepper;
  private final GaussianNoise probe;
  private float[] latent;
  private Optional<String> failure = Optional.empty();

  /**
   * Draws the first latent.
   *
   * @param negative embedding of the negative prompt, where there is guidance
   */
  ImageRow(
      SampleRequest request,
      TextEmbedding prompt,
      Optional<TextEmbedding> negative,
      Scheduler scheduler,
      LatentShape shape) {
    GaussianNoise noise = new TorchNoise(request.seed());
    this.request = request;
    this.prompt = prompt;
    this.negative = negative;
    this.latent = noise.next(shape.size());
    for (int i = 0; i < latent.length; i++) {
      latent[i] *= scheduler.initialSigma();
    }
    this.stepper = scheduler.start(noise);
    this.probe = new TorchNoise(request.seed() ^ SECOND_SEED);
  }

  SampleRequest request() {
    return request;
  }

  TextEmbedding prompt() {
    return prompt;
  }

  Optional<TextEmbedding> negative() {
    return negative;
  }

  float[] latent() {
    return latent;
  }

  /**
   * Noise that has no part in the image's own: from a second seed, the first with its top bit
   * turned.
   */
  float[] probe() {
    return probe.next(latent.length);
  }

  /** Why there will be no image, where that is known. */
  Optional<String> failure() {
    return failure;
  }

  boolean isSound() {
    return failure.isEmpty();
  }

  /** Takes a step; a latent that is not finite any more is a failure of this row. */
  void step(float[] modelOutput, String where) {
    latent = stepper.step(modelOutput, latent);
    checkFinite(latent, "the latent", where);
  }

  /** Notes values that no image can be made of. */
  void checkFinite(float[] values, String what, String where) {
    int bad = 0;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        bad++;
      }
    }
    if (bad > 0) {
      failure =
          Optional.of(
              ("%d of %d values of %s are infinite or not a number %s: the model overflows on this"
                      + " prompt or at this guidance; lower the guidance, or look for damaged"
                      + " weights")
                  .formatted(bad, values.length, what, where));
    }
  }
}
