package dev.darkroom.compression;

import java.util.Locale;

/** A trained way of coding images, trading speed against size. */
public enum Profile {
  /** Causal context model over adaptive least-squares prediction: for bulk work. */
  FAST(1),
  /** A normalizing flow over 32 x 32 patches, coded through the full iFlow pipeline. */
  FLOW(2);

  private final int code;

  Profile(int code) {
    this.code = code;
  }

  /** The number that stands for this profile in a container. */
  public int code() {
    return code;
  }

  /** The name used on the command line and in tables: {@code fast} or {@code flow}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
