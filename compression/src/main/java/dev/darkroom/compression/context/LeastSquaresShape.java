package dev.darkroom.compression.context;

import java.util.ArrayList;
import java.util.List;

/**
 * Which neighbours a {@link LeastSquares} predictor regresses on, and how fast it forgets.
 *
 * @param ownFirst neighbours in the first plane
 * @param ownLater neighbours in the same plane, for later planes
 * @param nearest neighbours in the plane before
 * @param first neighbours in the first plane, for the third
 * @param left the factor by which the equations of the left pixel count
 * @param up the factor by which the equations of the pixel above right count
 * @param ridge what is added to the diagonal
 */
record LeastSquaresShape(
    int ownFirst, int ownLater, int nearest, int first, float left, float up, float ridge) {
  /** Many neighbours, short memory: follows texture and edges. */
  static final LeastSquaresShape LOCAL = new LeastSquaresShape(10, 6, 9, 6, 0.52f, 0.42f, 0.3f);

  /** Few neighbours, long memory: steadier in flat and noisy regions. */
  static final LeastSquaresShape STEADY = new LeastSquaresShape(6, 4, 5, 3, 0.53f, 0.455f, 0.3f);

  private static final int[][] CAUSAL = {
    {-1, 0}, {0, -1}, {-1, -1}, {1, -1}, {-2, 0}, {0, -2}, {1, -2}, {-1, -2}, {-2, -1}, {-3, 0}
  };
  private static final int[][] AROUND = {
    {0, 0}, {-1, 0}, {0, -1}, {1, 0}, {0, 1}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}
  };

  /** The neighbours of a pixel of the last of so many planes: rows of dx, dy, plane. */
  int[][] neighbours(int planes) {
    List<int[]> all = new ArrayList<>();
    int own = planes - 1;
    add(all, CAUSAL, own == 0 ? ownFirst : ownLater, own);
    if (own >= 1) {
      add(all, AROUND, nearest, own - 1);
    }
    if (own >= 2) {
      add(all, AROUND, first, 0);
    }
    return all.toArray(int[][]::new);
  }

  private static void add(List<int[]> all, int[][] offsets, int count, int plane) {
    for (int i = 0; i < count; i++) {
      all.add(new int[] {offsets[i][0], offsets[i][1], plane});
    }
  }
}
