package dev.darkroom.generation.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * How much of the image is left at each training timestep.
 *
 * @param alphasCumprod the products of 1 - beta, rounded to float32 as PyTorch keeps them
 * @param cosine whether the betas are those of Nichol and Dhariwal, "Improved Denoising Diffusion
 *     Probabilistic Models" (2021), cut at 0.999
 */
record NoiseSchedule(float[] alphasCumprod, boolean cosine) {
  private static final double MAX_BETA = 0.999;
  private static final float SMALLEST_LEFT = 0x1p-24f;

  private enum Kind {
    LINEAR,
    SCALED_LINEAR,
    COSINE
  }

  private static final Map<String, Kind> KINDS =
      Map.of(
          "linear", Kind.LINEAR,
          "scaled_linear", Kind.SCALED_LINEAR,
          "squaredcos_cap_v2", Kind.COSINE);

  /** Reads what a configuration says. */
  static NoiseSchedule read(ConfigValues values) {
    int timesteps = values.integer("num_train_timesteps", 1000, 1, 1 << 20);
    double start = values.number("beta_start", 0.0001, 0, 1);
    double end = values.number("beta_end", 0.02, 0, 1);
    Kind kind = values.choice("beta_schedule", Kind.LINEAR, KINDS);
    JsonNode trained = values.at("trained_betas");
    float[] betas;
    if (!trained.isMissingNode()) {
      betas = trained(values, trained, timesteps);
    } else if (kind == Kind.COSINE) {
      betas = cosine(timesteps);
    } else if (kind == Kind.LINEAR) {
      betas = linspace((float) start, (float) end, timesteps);
    } else {
      betas = linspace((float) Math.sqrt(start), (float) Math.sqrt(end), timesteps);
      for (int i = 0; i < timesteps; i++) {
        betas[i] *= betas[i];
      }
    }
    if (values.flag("rescale_betas_zero_snr", false)) {
      rescale(betas);
    }
    return new NoiseSchedule(products(betas), kind == Kind.COSINE);
  }

  /**
   * The same where no timestep may be all noise. With zero terminal SNR 2^-24 is left at the last,
   * as diffusers leaves it.
   */
  static NoiseSchedule readForSolver(ConfigValues values) {
    NoiseSchedule schedule = read(values);
    if (values.at("rescale_betas_zero_snr").asBoolean()) {
      schedule.alphasCumprod[schedule.timesteps() - 1] = SMALLEST_LEFT;
    } else if (schedule.alphasCumprod[schedule.timesteps() - 1] == 0) {
      values.problem(
          values.at("trained_betas").isMissingNode() ? "beta_end" : "trained_betas",
          "nothing is left of the image at the last timestep, and a solver can't start there");
    }
    return schedule;
  }

  /** The number of training timesteps. */
  int timesteps() {
    return alphasCumprod.length;
  }

  /** The ratio of noise to image at each timestep. */
  float[] sigmas() {
    float[] sigmas = new float[alphasCumprod.length];
    for (int i = 0; i < sigmas.length; i++) {
      sigmas[i] = Floats.sqrt((1 - alphasCumprod[i]) / alphasCumprod[i]);
    }
    return sigmas;
  }

  /** How many of the first timesteps have at least this log of the ratio of image to noise. */
  int timestepsAbove(double lambda) {
    int count = alphasCumprod.length;
    while (count > 0 && lambda(alphasCumprod[count - 1]) < lambda) {
      count--;
    }
    return count;
  }

  private static float lambda(float alphaCumprod) {
    return Floats.log(Floats.sqrt(alphaCumprod)) - Floats.log(Floats.sqrt(1 - alphaCumprod));
  }

  private static float[] trained(ConfigValues values, JsonNode trained, int timesteps) {
    float[] betas = new float[timesteps];
    boolean usable = trained.isArray() && trained.size() == timesteps;
    for (int i = 0; usable && i < timesteps; i++) {
      double beta = trained.get(i).asDouble(-1);
      usable = beta >= 0 && beta <= 1;
      betas[i] = (float) beta;
    }
    if (!usable) {
      values.problem(
          "trained_betas",
          "expected as many numbers from 0 to 1 as num_train_timesteps, %d".formatted(timesteps));
    }
    return betas;
  }

  private static float[] cosine(int timesteps) {
    float[] betas = new float[timesteps];
    for (int i = 0; i < timesteps; i++) {
      double left = remaining((double) (i + 1) / timesteps) / remaining((double) i / timesteps);
      betas[i] = (float) Math.min(1 - left, MAX_BETA);
    }
    return betas;
  }

  private static double remaining(double time) {
    double cosine = StrictMath.cos((time + 0.008) / 1.008 * Math.PI / 2);
    return cosine * cosine;
  }

  /** PyTorch's {@code linspace} in float32: from both ends to the middle. */
  private static float[] linspace(float start, float end, int count) {
    float[] values = new float[count];
    if (count == 1) {
      values[0] = start;
      return values;
    }
    float step = (end - start) / (count - 1);
    for (int i = 0; i < count; i++) {
      // Rounded once, as PyTorch's fused multiply-add does.
      values[i] =
          i < count / 2
              ? (float) (start + (double) step * i)
              : (float) (end - (double) step * (count - i - 1));
    }
    return values;
  }

  /** Algorithm 1 of Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed". */
  private static void rescale(float[] betas) {
    float[] roots = products(betas);
    for (int i = 0; i < roots.length; i++) {
      roots[i] = Floats.sqrt(roots[i]);
    }
    float first = roots[0];
    float last = roots[roots.length - 1];
    float scale = first / (first - last);
    float before = 1;
    for (int i = 0; i < roots.length; i++) {
      float root = (roots[i] - last) * scale;
      float product = root * root;
      betas[i] = 1 - product / before;
      before = product;
    }
  }

  /** Of 1 - beta: multiplied in float64, each rounded to float32, as PyTorch's cumprod does. */
  private static float[] products(float[] betas) {
    float[] products = new float[betas.length];
    double product = 1;
    for (int i = 0; i < products.length; i++) {
      product *= 1 - betas[i];
      products[i] = (float) product;
    }
    return products;
  }
}
