package dev.darkroom.generation;

import ai.onnxruntime.OrtException;
import dev.darkroom.generation.scheduler.Noising;

/**
 * Pushes samples towards regions of low density.
 *
 * <p>Um, Lee and Ye, "Don't Play Favorites: Minority Guidance for Diffusion Models" (2024), observe
 * that denoising favours what is common: an image that is noised and denoised again comes back
 * closer to the majority, and the rarer it is, the further it is from what comes back. That
 * distance is their minority score, {@code l(x0) = E d(x0, D(alpha x0 + sigma e))} (section 3.1;
 * here d is the squared L2 distance over the number of values). They climb it with a trained
 * classifier; Um and Ye, "Self-Guided Generation of Minority Samples Using Diffusion Models"
 * (2024), climb it without one: at a step with the estimate x0 of the image, along the gradient of
 * the distance between x0 and {@code D(alpha x0 + sigma e)}, the latter held constant.
 *
 * <p>Exported graphs give no gradients, so one more shortcut is taken here: the gradient is taken
 * with respect to the estimate rather than through the model to the sample. It is {@code x0 -
 * D(alpha x0 + sigma e)} then, up to a factor, and the estimate of each step becomes {@code x0 + w
 * (x0 - D(alpha x0 + sigma e))} with the strength w, at the noise of that step. It costs one more
 * evaluation of the model for each guided step.
 *
 * <p>Only the noisier steps are guided, where sigma / (alpha + sigma) is at least {@value
 * #LAST_SHARE}: there it is decided what an image shows. Later ones would only roughen it, since
 * the distance then grows with any detail that the model would smooth.
 *
 * <p>The noise e is drawn from a second generator, so that at strength 0 an image is the one that
 * its seed gives without this guidance.
 */
final class MinorityGuidance {
  /** Of noise in the mixture: below it steps are left as they are. */
  static final double LAST_SHARE = 0.4;

  private final Noising noising;
  private final float strength;

  /** What the model says, with guidance, of latents at one timestep. */
  @FunctionalInterface
  interface Model {
    float[][] ask(float[][] latents) throws OrtException;
  }

  /**
   * @param strength w above; 0 changes nothing
   */
  MinorityGuidance(Noising noising, double strength) {
    this.noising = noising;
    this.strength = (float) strength;
  }

  /** Whether steps at a timestep are guided. */
  boolean guides(double timestep) {
    return noising.noiseShare(timestep) >= LAST_SHARE;
  }

  /**
   * The outputs that say what the model would say of the moved estimates.
   *
   * @param latents that the model was asked about
   * @param outputs that it gave
   * @param noises standard normal values as many as a latent has, fresh for each latent
   */
  float[][] guide(
      Model model, double timestep, float[][] latents, float[][] outputs, float[][] noises)
      throws OrtException {
    float[][] images = new float[latents.length][];
    for (int row = 0; row < latents.length; row++) {
      images[row] = noising.image(timestep, outputs[row], latents[row]);
    }
    float[][] again = denoised(model, timestep, images, noises);
    float[][] guided = new float[latents.length][];
    for (int row = 0; row < latents.length; row++) {
      float[] change = images[row];
      for (int i = 0; i < change.length; i++) {
        change[i] = strength * (change[i] - again[row][i]);
      }
      guided[row] = noising.moved(timestep, outputs[row], change);
    }
    return guided;
  }

  /**
   * One draw of the minority score of each image.
   *
   * @param noises standard normal values as many as an image has
   */
  double[] scores(Model model, double timestep, float[][] images, float[][] noises)
      throws OrtException {
    float[][] again = denoised(model, timestep, images, noises);
    double[] scores = new double[images.length];
    for (int row = 0; row < images.length; row++) {
      for (int i = 0; i < images[row].length; i++) {
        double difference = images[row][i] - again[row][i];
        scores[row] += difference * difference / images[row].length;
      }
    }
    return scores;
  }

  private float[][] denoised(Model model, double timestep, float[][] images, float[][] noises)
      throws OrtException {
    float[][] noised = new float[images.length][];
    for (int row = 0; row < images.length; row++) {
      noised[row] = noising.noised(timestep, images[row], noises[row]);
    }
    float[][] outputs = model.ask(noised);
    float[][] again = new float[images.length][];
    for (int row = 0; row < images.length; row++) {
      again[row] = noising.image(timestep, outputs[row], noised[row]);
    }
    return again;
  }
}
