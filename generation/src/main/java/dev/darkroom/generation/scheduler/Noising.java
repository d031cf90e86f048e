package dev.darkroom.generation.scheduler;

/**
 * How image and noise are mixed at a timestep, {@code x = alpha x0 + sigma e}, and what the model's
 * output says of them: what guidance needs that moves the image rather than the output.
 *
 * <p>Solvers may sit between timesteps (Karras sigmas, shifted flows); this is the mixture that the
 * model was trained with at the timestep that it is told.
 */
public final class Noising {
  private final float[] alphasCumprod;
  private final int timesteps;
  private final boolean flow;
  private final Prediction prediction;

  private Noising(float[] alphasCumprod, int timesteps, boolean flow, Prediction prediction) {
    this.alphasCumprod = alphasCumprod;
    this.timesteps = timesteps;
    this.flow = flow;
    this.prediction = prediction;
  }

  static Noising read(SamplerKind kind, ConfigValues values) {
    if (kind == SamplerKind.FLOW_MATCH_EULER) {
      int timesteps = values.integer("num_train_timesteps", 1000, 1, Integer.MAX_VALUE);
      return new Noising(new float[0], timesteps, true, Prediction.FLOW);
    }
    NoiseSchedule schedule = NoiseSchedule.read(values);
    return new Noising(
        schedule.alphasCumprod(),
        schedule.timesteps(),
        values.flag("use_flow_sigmas", false),
        Prediction.readWithFlow(values));
  }

  private float alpha(double timestep) {
    return flow ? 1 - sigma(timestep) : Floats.sqrt(alphasCumprod[index(timestep)]);
  }

  private float sigma(double timestep) {
    return flow ? (float) (timestep / timesteps) : Floats.sqrt(1 - alphasCumprod[index(timestep)]);
  }

  private int index(double timestep) {
    return (int) Math.max(0, Math.min(timesteps - 1, Math.rint(timestep)));
  }

  /** The share of noise in the mixture, sigma / (alpha + sigma): from 0 to 1. */
  public double noiseShare(double timestep) {
    return sigma(timestep) / ((double) alpha(timestep) + sigma(timestep));
  }

  /**
   * The image that the model sees in a sample: Tweedie's estimate, the mean of all images that the
   * sample may come from.
   *
   * @param output of the model; what is longer than the sample is left out
   */
  public float[] image(double timestep, float[] output, float[] sample) {
    return prediction.data(output, sample, alpha(timestep), sigma(timestep));
  }

  /** An image with noise: a new array. */
  public float[] noised(double timestep, float[] image, float[] noise) {
    float[] sample = Floats.scaled(alpha(timestep), image);
    Floats.add(sample, sigma(timestep), noise);
    return sample;
  }

  /**
   * The output, a new array, that says of the same sample that its image is another.
   *
   * @param output of the model; what is longer than the change stays as it is
   * @param change what is added to the image
   */
  public float[] moved(double timestep, float[] output, float[] change) {
    float alpha = alpha(timestep);
    float sigma = sigma(timestep);
    float factor =
        switch (prediction) {
          case EPSILON -> -alpha / sigma;
          case VELOCITY -> -1 / sigma;
          case SAMPLE -> 1;
          case FLOW -> -1 / sigma;
        };
    float[] moved = output.clone();
    for (int i = 0; i < change.length; i++) {
      moved[i] += factor * change[i];
    }
    return moved;
  }
}
