package dev.darkroom.recaption.template;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What Python does with values, for the kinds that templates have. */
final class Values {
  /** Python's None. */
  static final Object NONE =
      new Object() {
        @Override
        public String toString() {
          return "None";
        }
      };

  /** The value of what is not there. */
  static final Object UNDEFINED =
      new Object() {
        @Override
        public String toString() {
          return "";
        }
      };

  private Values() {}

  /** Integers as longs; everything else as it is. */
  static Object normalized(Object value) {
    return value instanceof Integer integer ? (Object) integer.longValue() : value;
  }

  static boolean isTrue(Object value) {
    if (value instanceof Boolean bool) {
      return bool;
    }
    if (value instanceof Long number) {
      return number != 0;
    }
    if (value instanceof String string) {
      return !string.isEmpty();
    }
    if (value instanceof Collection<?> collection) {
      return !collection.isEmpty();
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    return value != NONE && value != UNDEFINED;
  }

  /** The value as output. */
  static String text(Object value) {
    if (value instanceof Boolean bool) {
      return bool ? "True" : "False";
    }
    if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
      throw new TemplateException(
          "it prints a list or map, which only a template for other messages does");
    }
    return value.toString();
  }

  static String string(Object value, String what) {
    if (value instanceof String string) {
      return string;
    }
    throw new TemplateException(what + " needs text, not " + kind(value));
  }

  static long number(Object value, String what) {
    if (value instanceof Long number) {
      return number;
    }
    throw new TemplateException(what + " needs a number, not " + kind(value));
  }

  /** The elements of a list, the keys of a map, the characters of a string. */
  static List<?> elements(Object value, String what) {
    if (value instanceof Collection<?> collection) {
      return List.copyOf(collection);
    }
    if (value instanceof Map<?, ?> map) {
      return List.copyOf(map.keySet());
    }
    if (value instanceof String string) {
      return string.codePoints().mapToObj(Character::toString).toList();
    }
    throw new TemplateException(what + " needs a list, not " + kind(value));
  }

  /** A field of a map; undefined where it has none. */
  static Object field(Object value, Object key) {
    if (value instanceof Map<?, ?> map) {
      Object found = map.get(key);
      return found == null ? UNDEFINED : normalized(found);
    }
    throw new TemplateException("'%s' is asked of %s".formatted(text(key), kind(value)));
  }

  /** An element by number, from the end where it is negative; or a field. */
  static Object element(Object value, Object key) {
    if (key instanceof Long index && !(value instanceof Map<?, ?>)) {
      List<?> elements = elements(value, "an index");
      long place = index < 0 ? index + elements.size() : index;
      return place < 0 || place >= elements.size()
          ? UNDEFINED
          : normalized(elements.get((int) place));
    }
    return field(value, key);
  }

  static String kind(Object value) {
    if (value == UNDEFINED) {
      return "something undefined";
    }
    if (value == NONE) {
      return "None";
    }
    if (value instanceof String) {
      return "text";
    }
    if (value instanceof Map<?, ?>) {
      return "a map";
    }
    if (value instanceof Collection<?>) {
      return "a list";
    }
    return value instanceof Boolean ? "a boolean" : "a number";
  }
}
