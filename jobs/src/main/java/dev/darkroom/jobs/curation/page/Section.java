package dev.darkroom.jobs.curation.page;

import java.util.List;

/**
 * A part of the report.
 *
 * @param id its place on the page
 * @param title its heading
 * @param shortTitle what the contents call it
 * @param content what is in it
 */
record Section(String id, String title, String shortTitle, List<Html> content) {
  Section {
    content = List.copyOf(content);
  }

  Element toElement() {
    Element section = Element.of("section").with("id", id).and(Element.of("h2", title));
    return section.and(content.toArray(Html[]::new));
  }
}
