package dev.darkroom.generation.evaluation;

/**
 * The upright box around a thing, in shares of the picture's sides: 0 is left or top, 1 right or
 * bottom.
 *
 * @param left least x
 * @param top least y
 * @param right greatest x, above left
 * @param bottom greatest y, above top
 */
public record Box(double left, double top, double right, double bottom) {
  /** Refuses boxes without an area. */
  public Box {
    if (!(left < right && top < bottom)) {
      throw new IllegalArgumentException(
          "a box from (%s, %s) to (%s, %s) has no area".formatted(left, top, right, bottom));
    }
  }

  /** The middle's x. */
  public double x() {
    return (left + right) / 2;
  }

  /** The middle's y. */
  public double y() {
    return (top + bottom) / 2;
  }

  /** Intersection over union with another box, 0 to 1. */
  public double overlap(Box other) {
    double across = Math.max(0, Math.min(right, other.right) - Math.max(left, other.left));
    double down = Math.max(0, Math.min(bottom, other.bottom) - Math.max(top, other.top));
    double shared = across * down;
    return shared / (area() + other.area() - shared);
  }

  /** The least box that holds both. */
  public Box with(Box other) {
    return new Box(
        Math.min(left, other.left),
        Math.min(top, other.top),
        Math.max(right, other.right),
        Math.max(bottom, other.bottom));
  }

  private double area() {
    return (right - left) * (bottom - top);
  }
}
