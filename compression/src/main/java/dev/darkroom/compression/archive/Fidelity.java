package dev.darkroom.compression.archive;

import java.util.Locale;

/** What an archive promises to give back. */
public enum Fidelity {
  /** The pixels, and the metadata that say how to show them; as a PNG file. */
  PIXELS,
  /** The file, byte for byte. */
  FILE;

  /** The name used on the command line and in tables: {@code pixels} or {@code file}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
