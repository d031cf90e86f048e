package dev.darkroom.compression.archive;

import java.util.Locale;

/** What became of a file. */
public enum ArchiveStatus {
  /** Coded into a container, which was decoded and compared. */
  OK,
  /** Kept as its own bytes, because coding would lose something, gain nothing, or failed. */
  STORED,
  /** Not kept: the file could not be read. */
  FAILED;

  /** The name used in tables: {@code ok}, {@code stored} or {@code failed}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
