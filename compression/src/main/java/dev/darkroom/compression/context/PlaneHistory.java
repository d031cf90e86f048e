package dev.darkroom.compression.context;

/**
 * What is known of one plane: its samples, 0 to 255, and how far either predictor was off, sample
 * less prediction.
 *
 * @param samples the samples
 * @param localErrors errors of the predictor with short memory
 * @param steadyErrors errors of the predictor with long memory
 */
record PlaneHistory(SkewedPlane samples, SkewedPlane localErrors, SkewedPlane steadyErrors) {
  private static final float MIDDLE = 128f;

  /** The history of a plane of which no sample is known yet. */
  static PlaneHistory empty(int width, int height) {
    return new PlaneHistory(
        new SkewedPlane(width, height, MIDDLE),
        new SkewedPlane(width, height, 0f),
        new SkewedPlane(width, height, 0f));
  }

  void put(int x, int y, float sample, float localError, float steadyError) {
    samples.put(x, y, sample);
    localErrors.put(x, y, localError);
    steadyErrors.put(x, y, steadyError);
  }

  /** Makes the margins ready for planes that look at this one from all sides. */
  void close() {
    samples.close();
    localErrors.close();
    steadyErrors.close();
  }
}
