package dev.darkroom.jobs.restore;

/** Which versions of a file are restored. */
public enum VersionChoice {
  /** The newest alone. */
  NEWEST,
  /** Every version that the table holds, older ones under names of their own. */
  ALL
}
