package dev.darkroom.jobs.curation;

import java.util.Locale;

/**
 * A set of captions of an input.
 *
 * @param name what it is called on the page
 * @param label what it is called beside others of its input
 * @param role what it is
 * @param column the column of the input that holds it
 */
record CaptionSet(String name, String label, Role role, String column) {
  /** What a set of captions is. */
  enum Role {
    /** The captions that images came with. */
    RAW,
    /** The captions that a model gave them. */
    NEW,
    /** A column of a table. */
    TEXT;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
