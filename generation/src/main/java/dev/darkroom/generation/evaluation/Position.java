package dev.darkroom.generation.evaluation;

/**
 * How one thing shall lie from another, and how well it does ({@code
 * UniDet_eval/2D_spatial_eval.py} of the repository).
 */
public enum Position {
  /** To the left. */
  LEFT_OF,
  /** To the right. */
  RIGHT_OF,
  /** Above: "on the top of". */
  ABOVE,
  /** Below: "on the bottom of". */
  BELOW,
  /** Next to, near, on the side of. */
  NEXT_TO;

  /** Boxes that share more are not fully beside each other. */
  private static final double OVERLAP = 0.1;

  /** How far apart things may be that are near, in shares of the side: 150 of 512 pixels. */
  private static final double NEAR = 150.0 / 512;

  /**
   * How well it holds.
   *
   * @param one the thing that is spoken of
   * @param other the thing that it lies from
   * @return 0 to 1. For the four directions the distance in the direction must be the greater one;
   *     boxes that overlap by more than 0.1 get 0.1 over their overlap. What shall be near gets 1
   *     where one of the distances is small, and less the farther it is.
   */
  public double score(Box one, Box other) {
    double across = other.x() - one.x();
    double down = other.y() - one.y();
    return switch (this) {
      case LEFT_OF -> directed(across, down, one.overlap(other));
      case RIGHT_OF -> directed(-across, down, one.overlap(other));
      case ABOVE -> directed(down, across, one.overlap(other));
      case BELOW -> directed(-down, across, one.overlap(other));
      case NEXT_TO -> near(Math.abs(across), Math.abs(down));
    };
  }

  private static double directed(double along, double across, double overlap) {
    if (along <= Math.abs(across)) {
      return 0;
    }
    return overlap < OVERLAP ? 1 : OVERLAP / overlap;
  }

  private static double near(double across, double down) {
    return Math.min(across, down) < NEAR ? 1 : NEAR / Math.max(across, down);
  }
}
