package dev.darkroom.jobs.scene;

/**
 * The middle of an object.
 *
 * @param x cells from the left, 0 to {@value Scene#GRID}
 * @param y cells from the top, 0 to {@value Scene#GRID}
 */
public record Place(int x, int y) {
  /** The place mirrored at the diagonal, so that rows become columns. */
  Place transposed() {
    return new Place(y, x);
  }
}
