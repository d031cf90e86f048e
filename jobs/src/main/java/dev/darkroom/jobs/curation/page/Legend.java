package dev.darkroom.jobs.curation.page;

import java.util.ArrayList;
import java.util.List;

/** Tells which colour is which set, where charts have more than one. */
final class Legend {
  /** Colours that the page has. */
  static final int COLOURS = 8;

  private Legend() {}

  static Element of(List<String> names) {
    List<Html> items = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      items.add(
          Element.of(
              "li",
              Element.of("i").with("class", "swatch c" + i % COLOURS),
              Element.of("bdi", names.get(i))));
    }
    return Element.of("ul", items).with("class", "legend");
  }
}
