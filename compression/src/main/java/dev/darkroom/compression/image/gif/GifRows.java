package dev.darkroom.compression.image.gif;

/** The four passes in which an interlaced GIF frame holds its rows. */
public final class GifRows {
  /** The first row of each pass, and the step to the next. */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  private GifRows() {}

  /** The rows from top to bottom, of rows as an interlaced frame holds them. */
  public static byte[] fromPasses(byte[] pixels, int width, int height) {
    byte[] rows = new byte[pixels.length];
    int source = 0;
    for (int[] pass : PASSES) {
      for (int y = pass[0]; y < height; y += pass[1]) {
        System.arraycopy(pixels, source, rows, y * width, width);
        source += width;
      }
    }
    return rows;
  }

  /** The rows as an interlaced frame holds them, of rows from top to bottom. */
  public static byte[] toPasses(byte[] rows, int width, int height) {
    byte[] pixels = new byte[rows.length];
    int target = 0;
    for (int[] pass : PASSES) {
      for (int y = pass[0]; y < height; y += pass[1]) {
        System.arraycopy(rows, y * width, pixels, target, width);
        target += width;
      }
    }
    return pixels;
  }
}
