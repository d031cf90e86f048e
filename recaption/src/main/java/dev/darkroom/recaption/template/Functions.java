package dev.darkroom.recaption.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Filters, tests, methods and functions, by name.
 *
 * <ul>
 *   <li>Filters: trim, upper, lower, capitalize, title, length, count, first, last, list, join,
 *       string, replace, default, selectattr, rejectattr, map (by attribute).
 *   <li>Tests: defined, undefined, none, string, mapping, sequence, iterable, number, boolean,
 *       true, false, equalto, eq, ne, in.
 *   <li>Methods of text: upper, lower, strip, lstrip, rstrip, capitalize, title, startswith,
 *       endswith, replace, split; of maps: get, keys, values, items.
 *   <li>Functions: raise_exception, namespace, range.
 * </ul>
 */
final class Functions {
  private Functions() {}

  /**
   * Arguments of a call.
   *
   * @param positional by place
   * @param named by name
   */
  record Arguments(List<Object> positional, Map<String, Object> named) {
    Object at(int index, String what) {
      if (index >= positional.size()) {
        throw new TemplateException(what + " lacks an argument");
      }
      return positional.get(index);
    }

    String text(int index, String what) {
      return Values.string(at(index, what), what);
    }
  }

  static Object filter(String name, Object value, Arguments arguments) {
    return switch (name) {
      case "trim" -> Values.text(value).strip();
      case "upper", "lower", "capitalize", "title", "replace" ->
          method(Values.text(value), name, arguments);
      case "length", "count" -> (long) Values.elements(value, name).size();
      case "first" -> Values.element(value, 0L);
      case "last" -> Values.element(value, -1L);
      case "list" -> Values.elements(value, name);
      case "string" -> Values.text(value);
      case "join" -> join(value, arguments);
      case "default", "d" ->
          value == Values.UNDEFINED ? arguments.at(0, "the filter default") : value;
      case "selectattr" -> select(value, arguments, true);
      case "rejectattr" -> select(value, arguments, false);
      case "map" -> map(value, arguments);
      default -> throw unknown("filter", name);
    };
  }

  private static Object join(Object value, Arguments arguments) {
    String separator = arguments.positional().isEmpty() ? "" : arguments.text(0, "the filter join");
    List<String> texts = new ArrayList<>();
    Values.elements(value, "the filter join").forEach(element -> texts.add(Values.text(element)));
    return String.join(separator, texts);
  }

  private static Object select(Object value, Arguments arguments, boolean wanted) {
    String what = wanted ? "the filter selectattr" : "the filter rejectattr";
    String attribute = arguments.text(0, what);
    List<Object> selected = new ArrayList<>();
    for (Object element : Values.elements(value, what)) {
      Object field = Values.field(element, attribute);
      boolean holds =
          arguments.positional().size() < 2
              ? Values.isTrue(field)
              : test(arguments.text(1, what), field, rest(arguments, 2));
      if (holds == wanted) {
        selected.add(element);
      }
    }
    return selected;
  }

  private static Arguments rest(Arguments arguments, int from) {
    List<Object> positional = arguments.positional();
    return new Arguments(positional.subList(from, positional.size()), Map.of());
  }

  private static Object map(Object value, Arguments arguments) {
    Object attribute = arguments.named().get("attribute");
    if (attribute == null) {
      throw new TemplateException("the filter map is known here only with attribute=");
    }
    List<Object> mapped = new ArrayList<>();
    Values.elements(value, "the filter map")
        .forEach(element -> mapped.add(Values.field(element, attribute)));
    return mapped;
  }

  static boolean test(String name, Object value, Arguments arguments) {
    return switch (name) {
      case "defined" -> value != Values.UNDEFINED;
      case "undefined" -> value == Values.UNDEFINED;
      case "none" -> value == Values.NONE;
      case "string" -> value instanceof String;
      case "mapping" -> value instanceof Map<?, ?>;
      case "sequence", "iterable" ->
          value instanceof String || value instanceof List<?> || value instanceof Map<?, ?>;
      case "number" -> value instanceof Long;
      case "boolean" -> value instanceof Boolean;
      case "true" -> Boolean.TRUE.equals(value);
      case "false" -> Boolean.FALSE.equals(value);
      case "equalto", "eq" -> value.equals(arguments.at(0, "the test " + name));
      case "ne" -> !value.equals(arguments.at(0, "the test ne"));
      case "in" -> contains(arguments.at(0, "the test in"), value);
      default -> throw unknown("test", name);
    };
  }

  static boolean contains(Object container, Object value) {
    if (container instanceof String text) {
      return text.contains(Values.string(value, "in"));
    }
    return Values.elements(container, "in").contains(value);
  }

  static Object method(Object value, String name, Arguments arguments) {
    if (value instanceof String text) {
      return textMethod(text, name, arguments);
    }
    if (value instanceof Map<?, ?> map) {
      return mapMethod(map, name, arguments);
    }
    throw new TemplateException("%s() is asked of %s".formatted(name, Values.kind(value)));
  }

  private static Object textMethod(String text, String name, Arguments arguments) {
    return switch (name) {
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "strip", "lstrip", "rstrip" -> strip(text, name, arguments);
      case "capitalize" -> capitalized(text);
      case "title" -> title(text);
      case "startswith" -> text.startsWith(arguments.text(0, name));
      case "endswith" -> text.endsWith(arguments.text(0, name));
      case "replace" -> text.replace(arguments.text(0, name), arguments.text(1, name));
      case "split" -> split(text, arguments);
      default -> throw unknown("method of text", name);
    };
  }

  private static String strip(String text, String name, Arguments arguments) {
    String characters =
        arguments.positional().isEmpty() ? " \t\n\r\f\u000B" : arguments.text(0, name);
    int start = 0;
    int end = text.length();
    while (!name.equals("rstrip") && start < end && characters.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (!name.equals("lstrip") && end > start && characters.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }

  private static List<?> split(String text, Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      String stripped = text.strip();
      return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+", -1));
    }
    return Arrays.asList(text.split(Pattern.quote(arguments.text(0, "split")), -1));
  }

  private static String capitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String title(String text) {
    StringBuilder titled = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      String letter = text.substring(i, i + 1);
      titled.append(inWord ? letter.toLowerCase(Locale.ROOT) : letter.toUpperCase(Locale.ROOT));
      inWord = Character.isLetter(text.charAt(i));
    }
    return titled.toString();
  }

  private static Object mapMethod(Map<?, ?> map, String name, Arguments arguments) {
    return switch (name) {
      case "get" -> {
        Object found = Values.field(map, arguments.at(0, name));
        Object absent = arguments.positional().size() > 1 ? arguments.at(1, name) : Values.NONE;
        yield found == Values.UNDEFINED ? absent : found;
      }
      case "keys" -> List.copyOf(map.keySet());
      case "values" -> List.copyOf(map.values());
      case "items" ->
          map.entrySet().stream().map(entry -> List.of(entry.getKey(), entry.getValue())).toList();
      default -> throw unknown("method of a map", name);
    };
  }

  static Object call(String name, Arguments arguments) {
    return switch (name) {
      case "raise_exception" ->
          throw new TemplateException("it says: " + arguments.text(0, "raise_exception"));
      case "namespace" -> new HashMap<>(arguments.named());
      case "range" -> range(arguments);
      default -> throw unknown("function", name);
    };
  }

  private static List<Long> range(Arguments arguments) {
    long first = Values.number(arguments.at(0, "range"), "range");
    return arguments.positional().size() == 1
        ? LongStream.range(0, first).boxed().toList()
        : LongStream.range(first, Values.number(arguments.at(1, "range"), "range"))
            .boxed()
            .toList();
  }

  private static TemplateException unknown(String kind, String name) {
    return new TemplateException(
        "the %s '%s' is not known here; rewrite the template without it".formatted(kind, name));
  }
}
