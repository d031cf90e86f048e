package dev.darkroom.jobs.restore;

/** Which names restored files may have. */
public enum NameStyle {
  /** Every name that the file system holds, as it was. */
  ASIS,
  /** Names that Windows, macOS and Linux hold, and none that differ in case alone. */
  PORTABLE
}
