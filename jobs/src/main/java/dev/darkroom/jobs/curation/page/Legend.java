package dev.darkroom.jobs.curation.page;

import java.util.ArrayList;
import java.util.List;

/** Tells which colour is which set, where charts have more than one. */
final class Legend {
  /** Colours that the page has. */
  static final int COLOURS = 8;

  private Legend() {}

  static Element of(List<String> names) {
    return of(names, List.of());
  }

  /** With names that are grey in the charts after the others. */
  static Element of(List<String> names, List<String> grey) {
    List<Html> items = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      items.add(item("c" + i % COLOURS, names.get(i)));
    }
    grey.forEach(name -> items.add(item("grey", name)));
    return Element.of("ul", items).with("class", "legend");
  }

  private static Element item(String colour, String name) {
    return Element.of(
        "li", Element.of("i").with("class", "swatch " + colour), Element.of("bdi", name));
  }
}
