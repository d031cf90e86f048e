package dev.darkroom.jobs.scene;

import java.util.Locale;

/** How an object's surface looks. */
public enum Texture {
  /** One colour. */
  SOLID {
    @Override
    boolean accented(double x, double y) {
      return false;
    }
  },
  /** Horizontal stripes. */
  STRIPED {
    @Override
    boolean accented(double x, double y) {
      return cell(y, 4) % 2 != 0;
    }
  },
  /** Round dots on a lattice. */
  DOTTED {
    @Override
    boolean accented(double x, double y) {
      double dx = x - 10 * Math.floor(x / 10) - 5;
      double dy = y - 10 * Math.floor(y / 10) - 5;
      return dx * dx + dy * dy <= 6.25;
    }
  },
  /** A chessboard. */
  CHECKERED {
    @Override
    boolean accented(double x, double y) {
      return (cell(x, 6) + cell(y, 6)) % 2 != 0;
    }
  };

  /**
   * Whether a point has the second tone; x and y in cells of the grid, from the object's middle.
   */
  abstract boolean accented(double x, double y);

  /** The texture's name as texts have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Which cell of a lattice a coordinate lies in; cell 0 has the middle at 0. */
  private static long cell(double coordinate, double width) {
    return (long) Math.floor(coordinate / width + 0.5);
  }
}
