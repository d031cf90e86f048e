package dev.darkroom.jobs.scene;

import java.util.Locale;

/** The colour of the background. */
public enum Ground {
  /** White. */
  WHITE(0xF5F5F5),
  /** Grey. */
  GRAY(0xAAAAAA),
  /** Beige. */
  BEIGE(0xD7BE8C),
  /** Lavender. */
  LAVENDER(0xB4A5E6),
  /** Mint. */
  MINT(0xA0E1AF),
  /** Navy. */
  NAVY(0x1E285A);

  /** Colours nearer than this are hard to tell apart. */
  private static final int LEAST_CONTRAST = 100;

  private final int rgb;

  Ground(int rgb) {
    this.rgb = rgb;
  }

  /** The colour, as 0xRRGGBB. */
  public int rgb() {
    return rgb;
  }

  /** Whether an object of this colour stands out. */
  boolean shows(Hue hue) {
    int distance = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int difference = (rgb >> shift & 0xFF) - (hue.rgb() >> shift & 0xFF);
      distance += difference * difference;
    }
    return distance >= LEAST_CONTRAST * LEAST_CONTRAST;
  }

  /** The colour's name as texts have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
