package dev.darkroom.jobs.curation.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An element of a page. Names are ours and are checked; values and texts are anybody's and are
 * escaped. Addresses may only lead to places within the page or to pictures inside it.
 *
 * @param name the tag's name
 * @param attributes its attributes, in order
 * @param children what is in it
 */
record Element(String name, Map<String, String> attributes, List<Html> children) implements Html {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Set<String> VOID = Set.of("meta", "img", "br", "col", "link");
  private static final Set<String> RAW = Set.of("script", "style");

  Element {
    if (!NAME.matcher(name).matches() || RAW.contains(name)) {
      throw new IllegalArgumentException("no element '" + name + "'");
    }
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    children = List.copyOf(children);
    attributes.forEach(Element::check);
  }

  /** An element with what is in it. */
  static Element of(String name, Html... children) {
    return new Element(name, Map.of(), List.of(children));
  }

  /** An element with what is in it. */
  static Element of(String name, List<? extends Html> children) {
    return new Element(name, Map.of(), List.copyOf(children));
  }

  /** An element with a text in it. */
  static Element of(String name, String text) {
    return of(name, Html.text(text));
  }

  /** The same with one more attribute. */
  Element with(String attribute, String value) {
    Map<String, String> more = new LinkedHashMap<>(attributes);
    more.put(attribute, value);
    return new Element(name, more, children);
  }

  /** The same with more in it. */
  Element and(Html... more) {
    List<Html> all = new ArrayList<>(children);
    Collections.addAll(all, more);
    return new Element(name, attributes, all);
  }

  private static void check(String attribute, String value) {
    if (!NAME.matcher(attribute).matches()
        || attribute.startsWith("on")
        || attribute.equals("style")) {
      throw new IllegalArgumentException("no attribute '" + attribute + "'");
    }
    if (attribute.equals("href") && !value.startsWith("#")) {
      throw new IllegalArgumentException("a link that leads out of the page");
    }
    if (attribute.equals("src") && !value.startsWith("data:image/")) {
      throw new IllegalArgumentException("a picture that is not within the page");
    }
  }

  @Override
  public void writeTo(StringBuilder page) {
    page.append('<').append(name);
    attributes.forEach(
        (attribute, value) -> {
          page.append(' ').append(attribute).append("=\"");
          Text.escape(value, page);
          page.append('"');
        });
    page.append('>');
    if (!VOID.contains(name)) {
      children.forEach(child -> child.writeTo(page));
      page.append("</").append(name).append('>');
    }
  }
}
