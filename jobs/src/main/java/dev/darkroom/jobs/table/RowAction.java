package dev.darkroom.jobs.table;

import java.util.Locale;

/** What a row that comes into the table is to do there. */
public enum RowAction {
  /** Added, unless the path is there with the same hash; a failed row is replaced. */
  ADD,
  /** Added, or put in the place of the row with the same path and hash. */
  REPLACE,
  /** The file is the one already there: only its size and time are noted. */
  TOUCH,
  /** Nothing: it is there already, and only counted. */
  SKIP,
  /** The row with this path and hash goes: it told of a failure that is over. */
  DROP;

  /** The column, beside those of the table, that holds the action. */
  public static final String COLUMN = "action";

  /** Whether it brings a row into the table, where nothing there is to stay in its place. */
  boolean brings() {
    return this == ADD || this == REPLACE;
  }

  /** The value in that column. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
