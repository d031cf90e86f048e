package dev.darkroom.jobs.curation.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes specifications of Vega-Lite. Colours, fonts and widths are the page's. */
final class Spec {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode root = NODES.objectNode();
  private final ArrayNode values;
  private final ObjectNode encoding;

  private Spec(ObjectNode mark) {
    root.put("width", "container");
    values = root.putObject("data").putArray("values");
    root.set("mark", mark);
    encoding = root.putObject("encoding");
  }

  /** A chart of one kind of mark, as high as its rows where it has any. */
  static Spec of(ObjectNode mark) {
    return new Spec(mark);
  }

  /** A mark, or a scale, or whatever else is an object. */
  static ObjectNode object() {
    return NODES.objectNode();
  }

  static ObjectNode mark(String type) {
    return object().put("type", type);
  }

  Spec height(int pixels) {
    root.put("height", pixels);
    return this;
  }

  /** Height for each row of the vertical axis. */
  Spec step(int pixels) {
    root.putObject("height").put("step", pixels);
    return this;
  }

  /** Adds a row of data, to be filled. */
  ObjectNode row() {
    return values.addObject();
  }

  /** Adds a channel with a title; an empty one shows none. */
  ObjectNode channel(String channel, String field, String type, String title) {
    ObjectNode node = encoding.putObject(channel).put("field", field).put("type", type);
    if (title.isEmpty()) {
      node.putNull("title");
    } else {
      node.put("title", title);
    }
    return node;
  }

  /** The far end of a bar or area. */
  Spec to(String channel, String field) {
    encoding.putObject(channel).put("field", field);
    return this;
  }

  /** Colours by a field: its values have the page's colours, in their order. */
  Spec colours(String field, List<String> domain) {
    return colours(field, domain, List.of());
  }

  /** Colours by a field: its values have the page's colours, and those that come after are grey. */
  Spec colours(String field, List<String> domain, List<String> grey) {
    ObjectNode colour = channel("color", field, "nominal", "");
    ObjectNode scale = colour.putObject("scale");
    ArrayNode names = scale.putArray("domain");
    ArrayNode range = scale.putArray("range");
    for (int i = 0; i < domain.size(); i++) {
      names.add(domain.get(i));
      range.add("--c" + i % Legend.COLOURS);
    }
    for (String name : grey) {
      names.add(name);
      range.add("--grey");
    }
    colour.putNull("legend");
    return this;
  }

  /** What is shown of a datum that is pointed at: pairs of field and title. */
  Spec tooltip(String... fieldsAndTitles) {
    ArrayNode tooltip = encoding.putArray("tooltip");
    for (int i = 0; i < fieldsAndTitles.length; i += 2) {
      tooltip.addObject().put("field", fieldsAndTitles[i]).put("title", fieldsAndTitles[i + 1]);
    }
    return this;
  }

  ObjectNode build() {
    return root;
  }
}
