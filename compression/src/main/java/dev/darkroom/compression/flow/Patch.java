package dev.darkroom.compression.flow;

/**
 * A rectangle of one of a stream's images that the flow codes as one.
 *
 * @param image the number of the image in the stream
 * @param top the first row
 * @param left the first column
 * @param rows a multiple of 16, at most 32
 * @param columns a multiple of 16, at most 32
 */
record Patch(int image, int top, int left, int rows, int columns) {
  boolean sameSize(Patch other) {
    return rows == other.rows && columns == other.columns;
  }
}
