package dev.darkroom.jobs.prune;

/** Why an original stays; of several, the first counts. */
enum Reason {
  /** Its row is a failure. */
  NOT_HELD("the archive does not hold it"),
  /** Deleting it would delete its neighbours. */
  MEMBER("a member of a tar"),
  /** The verification was of another row, or of none. */
  NOT_VERIFIED("archived again since the archive was verified, or not verified"),
  /** The verification found it so. */
  DAMAGED("what the archive holds of it is damaged"),
  /** The file would not come back. */
  PIXELS("the archive keeps its pixels, not the file"),
  /** Nothing is there, or it is elsewhere, or it is no file. */
  MISSING("no such file in the folder"),
  /** Files of programs rather than people. */
  HIDDEN("hidden: its name or a folder's begins with a dot or an underscore"),
  /** The archive gives back no links. */
  LINKED("a link, or in a linked folder"),
  /** Size, time or hash differ. */
  CHANGED("changed since it was archived"),
  /** Nobody can tell. */
  UNREADABLE("it can't be read");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** As listings and summaries tell it. */
  String text() {
    return text;
  }
}
