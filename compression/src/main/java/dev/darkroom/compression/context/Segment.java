package dev.darkroom.compression.context;

import java.util.Arrays;

/**
 * Some rows of an image and the order in which their samples are coded: plane by plane, each by
 * wavefronts.
 *
 * @param kernel the arithmetic
 * @param model the trained weights
 * @param width pixels per row
 * @param firstRow the first of its rows in the image
 * @param rows how many rows it has
 * @param planes 1 (grey) or 3 (colour)
 * @param channels samples per pixel in the image, of which an alpha channel after the planes is not
 *     coded here
 */
record Segment(
    LaneKernel kernel,
    ContextModel model,
    int width,
    int firstRow,
    int rows,
    int planes,
    int channels) {
  private static final int[] COLOUR_ORDER = {1, 0, 2};

  /** Makes the coder of a plane's samples, given their distributions. */
  interface PlaneCoder {
    SampleCoder of(int plane, PixelDistribution distributions);
  }

  /** The number of samples that are coded. */
  int samples() {
    return Math.multiplyExact(Math.multiplyExact(width, rows), planes);
  }

  /** Where a sample is in the image's interleaved array. */
  int index(int plane, int x, int y) {
    return ((firstRow + y) * width + x) * channels + (planes == 1 ? 0 : COLOUR_ORDER[plane]);
  }

  /** Passes over all planes. */
  void run(PlaneCoder coder) {
    PlaneHistory[] histories = new PlaneHistory[planes];
    for (int plane = 0; plane < planes; plane++) {
      histories[plane] = PlaneHistory.empty(width, rows);
      ContextModel.Plane weights = model.planes().get(plane);
      ContextNetwork network = new ContextNetwork(weights, LeastSquares.lanes(rows));
      PlanePass pass =
          new PlanePass(kernel, Arrays.copyOf(histories, plane + 1), network, width, rows);
      pass.run(coder.of(plane, pass.distribution()));
    }
  }
}
