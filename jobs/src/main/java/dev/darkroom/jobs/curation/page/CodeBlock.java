package dev.darkroom.jobs.curation.page;

import java.util.Locale;

/**
 * Code of our own or of a bundled library, or JSON, which HTML does not escape within {@code
 * script} and {@code style}.
 *
 * @param tag {@code script} or {@code style}
 * @param type the block's type, empty where it is the tag's own
 * @param code what is in it
 */
record CodeBlock(String tag, String type, String code) implements Html {
  /** Refuses code that would end its own block. */
  CodeBlock {
    String lower = code.toLowerCase(Locale.ROOT);
    if (lower.contains("</" + tag) || lower.contains("<!--")) {
      throw new IllegalArgumentException("a block of " + tag + " that would end itself");
    }
  }

  @Override
  public void writeTo(StringBuilder page) {
    page.append('<').append(tag);
    if (!type.isEmpty()) {
      page.append(" type=\"");
      Text.escape(type, page);
      page.append('"');
    }
    page.append('>').append(code).append("</").append(tag).append('>');
  }
}
