package dev.darkroom.compression.color;

/**
 * YCoCg-R, the reversible luma and chroma transform by lifting (Malvar and Sullivan, 2003):
 *
 * <pre>
 * co = r - b;  t = b + (co >> 1);  cg = g - t;  y = t + (cg >> 1)
 * t = y - (cg >> 1);  g = cg + t;  b = t - (co >> 1);  r = b + co
 * </pre>
 *
 * <p>For r, g, b in [0, m], y lies in [0, m] and co, cg in [-m, m].
 */
public final class ReversibleYCoCg {
  private ReversibleYCoCg() {}

  /** Transforms {@code pixel[0..2]} in place from r, g, b to y, co, cg. */
  public static void forward(int[] pixel) {
    int co = pixel[0] - pixel[2];
    int t = pixel[2] + (co >> 1);
    int cg = pixel[1] - t;
    pixel[0] = t + (cg >> 1);
    pixel[1] = co;
    pixel[2] = cg;
  }

  /** Transforms {@code pixel[0..2]} in place from y, co, cg to r, g, b. */
  public static void inverse(int[] pixel) {
    int t = pixel[0] - (pixel[2] >> 1);
    int g = pixel[2] + t;
    int b = t - (pixel[1] >> 1);
    pixel[0] = b + pixel[1];
    pixel[1] = g;
    pixel[2] = b;
  }
}
