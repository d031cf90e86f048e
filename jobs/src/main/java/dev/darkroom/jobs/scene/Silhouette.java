package dev.darkroom.jobs.scene;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/**
 * What an object is: an outline within the square from (-1, -1), top left, to (1, 1), bottom right.
 *
 * <p>Outlines are only ever asked which points they hold, in {@code java.awt.geom}'s own double
 * arithmetic, which is the same on every machine; Java2D's rasterizers, which are not, take no
 * part.
 */
public enum Silhouette {
  /** A disc. */
  CIRCLE("circles", disc(1), 0, 0),
  /** A square with upright sides. */
  SQUARE("squares", new Rectangle2D.Double(-0.88, -0.88, 1.76, 1.76), 0, 0),
  /** A triangle that stands on its base. */
  TRIANGLE("triangles", polygon(0, -0.95, 1, 0.85, -1, 0.85), 0, 0.3),
  /** A square on its corner. */
  DIAMOND("diamonds", polygon(0, -1, 0.8, 0, 0, 1, -0.8, 0), 0, 0),
  /** A star of five points. */
  STAR("stars", star(), 0, 0),
  /** An upright cross with arms of equal length. */
  CROSS(
      "crosses",
      polygon(
          -0.32, -1, 0.32, -1, 0.32, -0.32, 1, -0.32, 1, 0.32, 0.32, 0.32, 0.32, 1, -0.32, 1, -0.32,
          0.32, -1, 0.32, -1, -0.32, -0.32, -0.32),
      0,
      0),
  /** A disc with a hole. */
  RING("rings", ring(), 0, -0.75),
  /** A heart. */
  HEART("hearts", heart(), 0, 0);

  private final String plural;
  private final Shape outline;
  private final Point2D anchor;

  Silhouette(String plural, Shape outline, double anchorX, double anchorY) {
    this.plural = plural;
    this.outline = outline;
    this.anchor = new Point2D.Double(anchorX, anchorY);
  }

  /** Whether the outline holds a point; (0, 0) is its middle. */
  boolean contains(double x, double y) {
    return outline.contains(x, y);
  }

  /** A point well inside, where the colour can be looked up: x from -1 to 1. */
  public double anchorX() {
    return anchor.getX();
  }

  /** A point well inside, where the colour can be looked up: y from -1 to 1, downwards. */
  public double anchorY() {
    return anchor.getY();
  }

  /** The name of one or of several. */
  public String word(int count) {
    return count == 1 ? name().toLowerCase(Locale.ROOT) : plural;
  }

  private static Shape disc(double radius) {
    return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
  }

  private static Shape ring() {
    // An Area would hold curves that keep what they last computed, which threads must not share.
    Path2D ring = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    ring.append(disc(1), false);
    ring.append(disc(0.5), false);
    return ring;
  }

  private static Shape star() {
    double[] corners = new double[20];
    for (int i = 0; i < 10; i++) {
      double radius = i % 2 == 0 ? 1.05 : 0.45;
      corners[2 * i] = radius * StrictMath.sin(StrictMath.PI * i / 5);
      corners[2 * i + 1] = 0.08 - radius * StrictMath.cos(StrictMath.PI * i / 5);
    }
    return polygon(corners);
  }

  private static Shape heart() {
    Path2D heart = new Path2D.Double();
    heart.moveTo(0, 0.95);
    heart.curveTo(-0.35, 0.6, -1, 0.2, -1, -0.35);
    heart.curveTo(-1, -1.05, -0.2, -1.1, 0, -0.45);
    heart.curveTo(0.2, -1.1, 1, -1.05, 1, -0.35);
    heart.curveTo(1, 0.2, 0.35, 0.6, 0, 0.95);
    heart.closePath();
    return heart;
  }

  private static Shape polygon(double... coordinates) {
    Path2D path = new Path2D.Double();
    path.moveTo(coordinates[0], coordinates[1]);
    for (int i = 2; i < coordinates.length; i += 2) {
      path.lineTo(coordinates[i], coordinates[i + 1]);
    }
    path.closePath();
    return path;
  }
}
