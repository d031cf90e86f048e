package dev.darkroom.jobs.scene;

import java.util.Locale;

/** The colour of an object: what it is called and how it is drawn. */
public enum Hue {
  /** Red. */
  RED(0xDC2828, 0xF4BFBF),
  /** Orange. */
  ORANGE(0xF58C1E, 0x6B3D0D),
  /** Yellow. */
  YELLOW(0xFADC32, 0x857516),
  /** Green. */
  GREEN(0x28A03C, 0xC4E8CA),
  /** Blue. */
  BLUE(0x285ADC, 0xBFCFF7),
  /** Purple. */
  PURPLE(0x8732AA, 0xDCC3E7),
  /** Pink. */
  PINK(0xF05AAF, 0x6B284E),
  /** Brown. */
  BROWN(0x784823, 0xD6C6B9),
  /** Black. */
  BLACK(0x191919, 0xA0A0A0),
  /** White. */
  WHITE(0xFAFAFA, 0x8C8C8C);

  private final int rgb;
  private final int accent;

  Hue(int rgb, int accent) {
    this.rgb = rgb;
    this.accent = accent;
  }

  /** The colour itself, as 0xRRGGBB. */
  public int rgb() {
    return rgb;
  }

  /** The second tone of textures in this colour, as 0xRRGGBB. */
  public int accent() {
    return accent;
  }

  /** The colour's name as texts have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
