package dev.darkroom.generation;

/** From the model's pixels to bytes, as diffusers' VaeImageProcessor does it. */
final class RgbConversion {
  private RgbConversion() {}

  /** A value around [-1, 1] as one in [0, 1]. */
  static float unit(float value) {
    return Math.min(1, Math.max(0, value / 2 + 0.5f));
  }

  /**
   * Pixels as bytes, halves to even.
   *
   * @param planes {@code 3 x count} values around [-1, 1]
   * @return {@code count x 3} bytes
   */
  static byte[] bytes(float[] planes) {
    int count = planes.length / 3;
    byte[] rgb = new byte[planes.length];
    for (int i = 0; i < count; i++) {
      for (int channel = 0; channel < 3; channel++) {
        rgb[3 * i + channel] = (byte) Math.rint(255f * unit(planes[channel * count + i]));
      }
    }
    return rgb;
  }
}
