package dev.darkroom.compression.flow;

import java.util.Arrays;

/**
 * A strictly increasing, piecewise linear map of the integers onto the integers.
 *
 * <p>Between knots {@code K_i} and {@code K_{i+1}} with images {@code Z_i < Z_{i+1}} a {@link
 * ModularScaleTransform} with {@code R = Z_{i+1} - Z_i} and {@code S = K_{i+1} - K_i} maps the
 * interval onto its image: it never leaves it, so that the inverse finds the interval again. Below
 * the first knot and above the last the map is a shift, which exchanges no bits.
 */
final class MonotoneInterpolation {
  private MonotoneInterpolation() {}

  /**
   * Maps a value.
   *
   * @param x any value
   * @param knots strictly increasing, each interval at most 2^31 long
   * @param images as many, strictly increasing, each interval at most 2^31 long
   * @throws FixedPointRangeException where the result exceeds 32 bits
   */
  static int forward(int x, int[] knots, int[] images, ModularScaleTransform transform) {
    int interval = interval(x, knots);
    if (interval < 0) {
      return FixedPointRangeException.require((long) x - knots[0] + images[0]);
    }
    int last = knots.length - 1;
    if (interval == last) {
      return FixedPointRangeException.require((long) x - knots[last] + images[last]);
    }
    long width = (long) knots[interval + 1] - knots[interval];
    long height = (long) images[interval + 1] - images[interval];
    return transform.forward(x - knots[interval], height, width) + images[interval];
  }

  /** Takes {@link #forward} back. */
  static int inverse(int z, int[] knots, int[] images, ModularScaleTransform transform) {
    return forward(z, images, knots, transform);
  }

  /** The interval of a value: -1 below all knots, the last knot's index at or above it. */
  private static int interval(int x, int[] knots) {
    int found = Arrays.binarySearch(knots, x);
    return found >= 0 ? found : -found - 2;
  }
}
