package dev.darkroom.jobs.curation.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A chart with the same figures as a table.
 *
 * @param title what it shows, a few words
 * @param about how to read it; empty where that goes without saying
 * @param spec of Vega-Lite
 * @param table the figures
 */
record Chart(String title, String about, ObjectNode spec, Table table) {
  /**
   * The chart's place; what draws it takes the JSON in it, and closes the table when it is done.
   */
  Element toElement() {
    return toElement(Element.of("figcaption", Element.of("strong", title)));
  }

  /** The same with a legend of its own. */
  Element toElement(List<String> names, List<String> grey) {
    return toElement(Element.of("figcaption", Element.of("strong", title), Legend.of(names, grey)));
  }

  private Element toElement(Element figcaption) {
    Element caption = figcaption;
    if (!about.isEmpty()) {
      caption = caption.and(Html.text(" "), Element.of("span", about));
    }
    return Element.of(
            "figure",
            caption,
            Element.of("div").with("class", "plot").with("role", "img").with("aria-label", title),
            ScriptJson.block(spec),
            Element.of("details", Element.of("summary", "The figures"), table.toElement())
                .with("open", ""))
        .with("class", "chart");
  }
}
