package dev.darkroom.compression.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weighted mean of the absolute errors around a pixel: how uncertain its prediction is likely
 * to be, in sample values.
 */
final class ErrorScale {
  private static final int[][] OWN = {
    {-1, 0, 4},
    {0, -1, 4},
    {-1, -1, 2},
    {1, -1, 2},
    {-2, 0, 1},
    {0, -2, 1},
    {1, -2, 1},
    {-1, -2, 1},
    {-2, -1, 1}
  };
  private static final int[][] AROUND = {
    {0, 0, 8},
    {-1, 0, 1},
    {0, -1, 1},
    {1, 0, 1},
    {0, 1, 1},
    {-1, -1, 1},
    {1, -1, 1},
    {-1, 1, 1},
    {1, 1, 1}
  };

  private record Term(SkewedPlane errors, int dx, int dy, float share) {}

  private final List<Term> terms = new ArrayList<>();

  /**
   * The scale for the last of these planes: from its causal neighbours and from all sides in the
   * planes before.
   */
  static ErrorScale ofCausal(PlaneHistory[] planes) {
    ErrorScale scale = new ErrorScale();
    int own = planes.length - 1;
    float total = 17f + (own >= 1 ? 8f : 0f) + (own >= 2 ? 4f : 0f);
    scale.add(planes[own].localErrors(), OWN, 1f / total);
    if (own >= 1) {
      scale.add(planes[own - 1].localErrors(), AROUND, 0.5f / total);
    }
    if (own >= 2) {
      scale.add(planes[0].localErrors(), AROUND, 0.25f / total);
    }
    return scale;
  }

  /** The scale of a closed plane, from all sides. */
  static ErrorScale ofClosed(PlaneHistory plane) {
    ErrorScale scale = new ErrorScale();
    scale.add(plane.localErrors(), AROUND, 1f / 16f);
    return scale;
  }

  private void add(SkewedPlane errors, int[][] offsets, float unit) {
    for (int[] offset : offsets) {
      terms.add(new Term(errors, offset[0], offset[1], offset[2] * unit));
    }
  }

  /** Computes the scales of {@code count} rows of wavefront {@code t}. */
  void compute(int t, int row, float[] out, int offset, int count) {
    Arrays.fill(out, offset, offset + count, 0f);
    for (Term term : terms) {
      int from = term.errors.index(t, row, term.dx, term.dy);
      addScaled(term.errors.data(), from, term.share, out, offset, count);
    }
  }

  private static void addScaled(
      float[] errors, int from, float share, float[] out, int offset, int count) {
    for (int k = 0; k < count; k++) {
      out[offset + k] = out[offset + k] + share * Math.abs(errors[from + k]);
    }
  }
}
