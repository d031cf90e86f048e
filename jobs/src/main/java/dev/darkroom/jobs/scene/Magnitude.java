package dev.darkroom.jobs.scene;

import java.util.Locale;

/** How large an object is. */
public enum Magnitude {
  /** Small. */
  SMALL(12),
  /** Medium. */
  MEDIUM(18),
  /** Large. */
  LARGE(26);

  private final int radius;

  Magnitude(int radius) {
    this.radius = radius;
  }

  /** Half the side of the square around the object, in cells of the {@link Scene}'s grid. */
  public int radius() {
    return radius;
  }

  /** The size's name as texts have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
