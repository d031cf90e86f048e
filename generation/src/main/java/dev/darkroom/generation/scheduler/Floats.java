package dev.darkroom.generation.scheduler;

/** Functions of float32 values, rounded once from float64: the same on every JVM. */
final class Floats {
  private Floats() {}

  static float exp(float value) {
    return (float) StrictMath.exp(value);
  }

  static float log(float value) {
    return (float) StrictMath.log(value);
  }

  static float sqrt(float value) {
    return (float) Math.sqrt(value);
  }

  /** {@code factor * values}, a new array. */
  static float[] scaled(float factor, float[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = factor * values[i];
    }
    return result;
  }

  /** {@code factor * (a - b)}, a new array. */
  static float[] scaledDifference(float factor, float[] a, float[] b) {
    float[] result = new float[a.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = factor * (a[i] - b[i]);
    }
    return result;
  }

  /** {@code sum += factor * values}, with two roundings. */
  static void add(float[] sum, float factor, float[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[i];
    }
  }
}
