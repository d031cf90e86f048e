package dev.darkroom.jobs.source;

/** What a job takes a source for. */
public enum Reading {
  /**
   * Images and their captions: the samples of a tar, and no file whose name begins with a dot. What
   * is no image is left out where that shows without decoding.
   */
  SAMPLES,

  /** Files: every member of a tar, and every file of a folder. Nothing is left out. */
  MEMBERS
}
