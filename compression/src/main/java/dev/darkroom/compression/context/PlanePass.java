package dev.darkroom.compression.context;

import dev.darkroom.compression.CodingInterruptedException;

/**
 * Codes one plane, wavefront by wavefront: predict all pixels of a wavefront, code them, learn from
 * them.
 */
final class PlanePass {
  /** Added to the error scale, in sample values, so that flat regions do not divide by zero. */
  private static final float LEAST_SCALE = 0.3f;

  private final LaneKernel kernel;
  private final int width;
  private final int height;
  private final PlaneHistory own;
  private final LeastSquares local;
  private final LeastSquares steady;
  private final ErrorScale errorScale;
  private final RecentError recent;
  private final ContextFeatures features;
  private final ContextNetwork network;
  private final PixelDistribution distribution;
  private final float[] scale;
  private final float[] unit;
  private final float[] samples;
  private final float[] weights;

  /**
   * @param planes the histories of the planes coded so far, and at the end an empty one for the
   *     plane to code
   * @param network turns features into the parameters of distributions
   */
  PlanePass(
      LaneKernel kernel, PlaneHistory[] planes, ContextNetwork network, int width, int height) {
    this.kernel = kernel;
    this.width = width;
    this.height = height;
    this.own = planes[planes.length - 1];
    SkewedPlane[] known = new SkewedPlane[planes.length];
    for (int i = 0; i < known.length; i++) {
      known[i] = planes[i].samples();
    }
    this.local = new LeastSquares(kernel, known, LeastSquaresShape.LOCAL, width, height);
    this.steady = new LeastSquares(kernel, known, LeastSquaresShape.STEADY, width, height);
    this.errorScale = ErrorScale.ofCausal(planes);
    int lanes = LeastSquares.lanes(height);
    this.recent = new RecentError(lanes);
    this.features = new ContextFeatures(planes, lanes);
    this.network = network;
    this.distribution = new PixelDistribution(kernel, network);
    this.scale = new float[lanes];
    this.unit = new float[lanes];
    this.samples = new float[lanes];
    this.weights = new float[lanes];
  }

  /** The predictions of the local predictor, by lane. */
  float[] predictions() {
    return local.prediction();
  }

  /** The error scales, by lane. */
  float[] scales() {
    return scale;
  }

  /** The distributions of the wavefront's samples. */
  PixelDistribution distribution() {
    return distribution;
  }

  /** The features of the wavefront. */
  ContextFeatures features() {
    return features;
  }

  /** Codes the whole plane and closes its history. */
  void run(SampleCoder coder) {
    int last = SkewedPlane.steps(width, height) + LeastSquares.RUN_IN;
    for (int t = 0; t < last; t++) {
      CodingInterruptedException.check();
      int firstRow = Math.max(0, Math.floorDiv(t - (width + LeastSquares.RUN_IN) + 2, 2));
      int lastRow = Math.min(height - 1, (t + LeastSquares.RUN_IN) / 2);
      int firstBlock = firstRow & -LaneKernel.LANES;
      int lastBlock = lastRow & -LaneKernel.LANES;
      predict(t, firstBlock, lastBlock + LaneKernel.LANES - firstBlock);
      code(t, coder);
      for (int row = firstBlock; row <= lastBlock; row += LaneKernel.LANES) {
        local.learn(row, samples, weights);
        steady.learn(row, samples, weights);
      }
    }
    own.close();
  }

  private void predict(int t, int row, int count) {
    int offset = LeastSquares.lane(row);
    for (int block = row + count - LaneKernel.LANES; block >= row; block -= LaneKernel.LANES) {
      local.predict(t, block);
      steady.predict(t, block);
      recent.advance(LeastSquares.lane(block));
    }
    errorScale.compute(t, row, scale, offset, count);
    weigh(scale, unit, weights, offset, count);
    maskWeights(t, row, count);
    features.compute(
        t, row, count, local.prediction(), steady.prediction(), scale, unit, recent.means());
    network.evaluate(kernel, features.values(), offset, count / LaneKernel.LANES);
    for (int block = offset; block < offset + count; block += LaneKernel.LANES) {
      distribution.prepare(block, local.prediction(), scale, unit);
    }
  }

  private static void weigh(float[] scale, float[] unit, float[] weights, int offset, int count) {
    for (int k = offset; k < offset + count; k++) {
      float certainty = 1f / (scale[k] + 1f);
      weights[k] = certainty * certainty;
      scale[k] = scale[k] + LEAST_SCALE;
      unit[k] = 1f / scale[k];
    }
  }

  /** Gives no weight to lanes that have no pixel on this wavefront. */
  private void maskWeights(int t, int row, int count) {
    for (int y = row; y < row + count; y++) {
      int x = t - 2 * y;
      if (x < 0 || x >= width || y >= height) {
        weights[LeastSquares.lane(y)] = 0f;
      }
    }
  }

  private void code(int t, SampleCoder coder) {
    int from = Math.max(0, (t - width + 2) >> 1);
    int to = Math.min(height - 1, t >> 1);
    for (int y = from; y <= to; y++) {
      int x = t - 2 * y;
      int lane = LeastSquares.lane(y);
      float sample = coder.code(x, y, lane);
      float localError = sample - local.prediction()[lane];
      samples[lane] = sample;
      own.put(x, y, sample, localError, sample - steady.prediction()[lane]);
      recent.learn(lane, localError);
    }
  }
}
