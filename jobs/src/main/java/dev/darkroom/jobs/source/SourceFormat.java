package dev.darkroom.jobs.source;

import java.util.Locale;

/** How an input is to be read. */
public enum SourceFormat {
  /** Told by what is there. */
  AUTO,
  /** A file, a folder, or a glob of either. */
  FILES,
  /** Parquet files with a path and a bytes column. */
  PARQUET,
  /** A Delta table with a path and a bytes column. */
  DELTA;

  /** The name used on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
