package dev.darkroom.generation.noise;

/** A source of independent standard normal values: the noise of one image, drawn in order. */
public interface GaussianNoise {

  /**
   * The next values.
   *
   * <p>What is drawn may depend on how the draws are grouped: two calls for 8 values are not one
   * call for 16.
   *
   * @param count how many; 0 or more
   * @throws IllegalArgumentException if the count is negative
   */
  float[] next(int count);
}
