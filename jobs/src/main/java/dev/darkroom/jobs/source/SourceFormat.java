package dev.darkroom.jobs.source;

import java.util.Locale;

/** How an input is to be read. */
public enum SourceFormat {
  /** Told by what is there. */
  AUTO,
  /** A file, a folder, or a glob of either. */
  FILES,
  /** Tar files, or a folder or glob of them, in the layout of WebDataset. */
  WEBDATASET,
  /** Parquet files with columns of bytes or paths. */
  PARQUET,
  /** A Delta table with columns of bytes or paths. */
  DELTA;

  /** The name used on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
