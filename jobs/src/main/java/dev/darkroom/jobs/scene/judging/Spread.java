package dev.darkroom.jobs.scene.judging;

import dev.darkroom.jobs.scene.Scene;

/**
 * What pictures with fewer pixels than the {@link Canvas} do to a drawing. Their pixels are means
 * over more cells of the scene's grid, which the canvas shows again wherever they fall; on average
 * over where they fall, a cell is spread over its neighbours in a triangle two such pixels wide.
 * Fine textures lose contrast by that, and templates must too.
 */
final class Spread {
  /** The share that a cell keeps, and those of its neighbours at each distance. */
  private final float[] shares;

  /** Cells that a drawing grows by on each side; even, since the canvas' pixels are two wide. */
  private final int margin;

  private Spread(float[] shares) {
    this.shares = shares;
    this.margin = shares.length / 2 * 2;
  }

  /** That of pictures with so many pixels a side. */
  static Spread of(int side) {
    double reach = side < Canvas.SIDE ? (double) Scene.GRID / side : 1;
    float[] shares = new float[(int) Math.ceil(reach)];
    double total = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (1 - i / reach);
      total += i == 0 ? shares[i] : 2 * shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= (float) total;
    }
    return new Spread(shares);
  }

  int margin() {
    return margin;
  }

  /**
   * A drawing with its cells spread.
   *
   * @param cells side x side
   * @return cells with the margin around them
   */
  float[] over(float[] cells, int side) {
    int wide = side + 2 * margin;
    float[] across = new float[wide * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        for (int d = 1 - shares.length; d < shares.length; d++) {
          across[y * wide + margin + x + d] += shares[Math.abs(d)] * cells[y * side + x];
        }
      }
    }
    float[] result = new float[wide * wide];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < wide; x++) {
        for (int d = 1 - shares.length; d < shares.length; d++) {
          result[(margin + y + d) * wide + x] += shares[Math.abs(d)] * across[y * wide + x];
        }
      }
    }
    return result;
  }
}
