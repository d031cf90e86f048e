package dev.darkroom.generation.scheduler;

import java.util.Arrays;

/** Keeps the predicted image within the range of images. */
interface DataLimit {

  /** Changes the values in place. */
  void apply(float[] data);

  /** What {@code thresholding} says, and {@code clip_sample} where there is none. */
  static DataLimit read(ConfigValues values) {
    boolean clipped = values.flag("clip_sample", true);
    double range = values.number("clip_sample_range", 1, 0, Float.MAX_VALUE);
    DataLimit limit = readThresholding(values);
    return limit instanceof Unlimited && clipped ? new Clipping((float) range) : limit;
  }

  /** What {@code thresholding} says. */
  static DataLimit readThresholding(ConfigValues values) {
    double ratio = values.number("dynamic_thresholding_ratio", 0.995, 0, 1);
    double max = values.number("sample_max_value", 1, Float.MIN_NORMAL, Float.MAX_VALUE);
    return values.flag("thresholding", false)
        ? new Thresholding((float) ratio, (float) max)
        : new Unlimited();
  }

  /** No limit. */
  record Unlimited() implements DataLimit {
    @Override
    public void apply(float[] data) {}
  }

  /** The same range for every image. */
  record Clipping(float range) implements DataLimit {
    @Override
    public void apply(float[] data) {
      for (int i = 0; i < data.length; i++) {
        data[i] = Math.min(Math.max(data[i], -range), range);
      }
    }
  }

  /**
   * Dynamic thresholding of Saharia et al., "Photorealistic Text-to-Image Diffusion Models with
   * Deep Language Understanding" (2022), section 2.3: a range by the quantile of the image's own
   * values, brought back to 1.
   */
  record Thresholding(float ratio, float max) implements DataLimit {
    @Override
    public void apply(float[] data) {
      if (data.length == 0) {
        return;
      }
      float range = Math.min(Math.max(quantile(data), 1), max);
      for (int i = 0; i < data.length; i++) {
        data[i] = Math.min(Math.max(data[i], -range), range) / range;
      }
    }

    private float quantile(float[] data) {
      float[] sorted = new float[data.length];
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = Math.abs(data[i]);
      }
      Arrays.sort(sorted);
      float rank = ratio * (sorted.length - 1);
      float low = sorted[(int) rank];
      float high = sorted[(int) Math.ceil(rank)];
      float weight = rank - (int) rank;
      return weight < 0.5f ? low + weight * (high - low) : high - (high - low) * (1 - weight);
    }
  }
}
