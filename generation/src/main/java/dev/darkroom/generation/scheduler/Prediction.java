package dev.darkroom.generation.scheduler;

import java.util.Arrays;
import java.util.Map;

/**
 * What a model says of a sample {@code x = alpha x0 + sigma e}.
 *
 * <p>The velocity {@code v = alpha e - sigma x0} is that of Salimans and Ho, "Progressive
 * Distillation for Fast Sampling of Diffusion Models" (2022); a flow is {@code e - x0}.
 */
enum Prediction {
  EPSILON,
  VELOCITY,
  SAMPLE,
  FLOW;

  private static final Map<String, Prediction> WITHOUT_FLOW =
      Map.of("epsilon", EPSILON, "v_prediction", VELOCITY, "sample", SAMPLE);
  private static final Map<String, Prediction> ALL =
      Map.of(
          "epsilon", EPSILON, "v_prediction", VELOCITY, "sample", SAMPLE, "flow_prediction", FLOW);

  static Prediction read(ConfigValues values) {
    return values.choice("prediction_type", EPSILON, WITHOUT_FLOW);
  }

  static Prediction readWithFlow(ConfigValues values) {
    return values.choice("prediction_type", EPSILON, ALL);
  }

  /**
   * A timestep's product of alphas, from which the image can be told.
   *
   * @throws SchedulerException if the sample is all noise and the model predicts just that
   */
  float usable(float alphaCumprod, int timestep) {
    if (alphaCumprod == 0 && this == EPSILON) {
      throw new SchedulerException(
          "nothing is left of the image at timestep %d, and prediction_type epsilon says only what the noise is; choose another timestep_spacing or a model with v_prediction"
              .formatted(timestep));
    }
    return alphaCumprod;
  }

  /**
   * The image {@code x0}, a new array as long as the sample.
   *
   * @param output of the model; what is longer than the sample is left out
   */
  float[] data(float[] output, float[] sample, float alpha, float sigma) {
    float[] data = new float[sample.length];
    switch (this) {
      case EPSILON -> {
        for (int i = 0; i < data.length; i++) {
          data[i] = (sample[i] - sigma * output[i]) / alpha;
        }
      }
      case VELOCITY -> {
        for (int i = 0; i < data.length; i++) {
          data[i] = alpha * sample[i] - sigma * output[i];
        }
      }
      case SAMPLE -> System.arraycopy(output, 0, data, 0, data.length);
      case FLOW -> {
        for (int i = 0; i < data.length; i++) {
          data[i] = sample[i] - sigma * output[i];
        }
      }
    }
    return data;
  }

  /** The noise {@code e}, a new array as long as the sample. */
  float[] noise(float[] output, float[] sample, float alpha, float sigma) {
    float[] noise = new float[sample.length];
    switch (this) {
      case EPSILON -> {
        return Arrays.copyOf(output, sample.length);
      }
      case VELOCITY -> {
        for (int i = 0; i < noise.length; i++) {
          noise[i] = alpha * output[i] + sigma * sample[i];
        }
      }
      case SAMPLE -> {
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (sample[i] - alpha * output[i]) / sigma;
        }
      }
      case FLOW -> throw new IllegalStateException("flow has no alpha of its own");
    }
    return noise;
  }
}
