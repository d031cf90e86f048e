package dev.darkroom.jobs;

/** What this Darkroom is called. */
public final class Version {
  /** As in the name of a release. */
  public static final String NUMBER = "0.1.0";

  private Version() {}
}
