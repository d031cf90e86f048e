package dev.darkroom.jobs.restore;

/** What images of tars are restored as. */
public enum RestoreForm {
  /** Every image is a file. */
  FILES,
  /** Images that were members of a tar are members of a tar again, in their order. */
  TAR
}
