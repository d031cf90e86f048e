package dev.darkroom.jobs.scene;

import java.util.Locale;

/** How the background is laid on. */
public enum Style {
  /** One even colour. */
  FLAT {
    @Override
    int shade(int x, int y, long grain) {
      return 0;
    }
  },
  /** Lighter at the top, darker at the bottom. */
  SOFT {
    @Override
    int shade(int x, int y, long grain) {
      return (Scene.GRID / 2 - y) / 2;
    }
  },
  /** Cells that are lighter or darker by chance. */
  GRAINY {
    @Override
    int shade(int x, int y, long grain) {
      long hash = Mixing.mix(Mixing.mix(grain, x / 2), y / 2);
      return (int) (hash >>> 33) % 61 - 30;
    }
  };

  /**
   * What is added to each channel in a cell of the grid.
   *
   * @param grain what chance hangs on
   */
  abstract int shade(int x, int y, long grain);

  /** The style's name as texts have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
