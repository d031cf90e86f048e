package dev.darkroom.jobs.curation.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of a page: its first column names, the others are numbers unless they are told to be
 * texts.
 */
final class Table {
  private final List<Element> head = new ArrayList<>();
  private final List<Boolean> texts = new ArrayList<>();
  private final List<Element> rows = new ArrayList<>();

  private Table() {}

  /** A table with a column of names. */
  static Table of(String heading) {
    Table table = new Table();
    return table.text(heading);
  }

  /** Adds a column of texts. */
  Table text(String heading) {
    head.add(Element.of("th", heading).with("scope", "col"));
    texts.add(true);
    return this;
  }

  /** Adds a column of numbers. */
  Table number(String heading) {
    head.add(Element.of("th", heading).with("scope", "col").with("class", "n"));
    texts.add(false);
    return this;
  }

  /** Adds a row. */
  Table row(String... cells) {
    return styled("", cells);
  }

  /** Adds a row of a class of the page's style. */
  Table styled(String style, String... cells) {
    if (cells.length != head.size()) {
      throw new IllegalArgumentException(
          "a row of %d cells for %d columns".formatted(cells.length, head.size()));
    }
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      Element cell =
          i == 0
              ? Element.of("th", Element.of("bdi", cells[i])).with("scope", "row")
              : texts.get(i)
                  ? Element.of("td", Element.of("bdi", cells[i]))
                  : Element.of("td", cells[i]).with("class", "n");
      elements.add(cell);
    }
    Element row = Element.of("tr", elements);
    rows.add(style.isEmpty() ? row : row.with("class", style));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The table, in a frame that scrolls where the page is narrow. */
  Element toElement() {
    return Element.of(
            "div",
            Element.of(
                "table", Element.of("thead", Element.of("tr", head)), Element.of("tbody", rows)))
        .with("class", "scroll")
        .with("tabindex", "0");
  }
}
