package dev.darkroom.generation.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The keys of a scheduler configuration, and all that is wrong with their values. */
final class ConfigValues {
  private final Map<String, JsonNode> values;
  private final List<String> problems = new ArrayList<>();

  ConfigValues(Map<String, JsonNode> values) {
    this.values = values;
  }

  /** The value of a key; a missing node where there is none or where it is null. */
  JsonNode at(String key) {
    JsonNode value = values.get(key);
    return value == null || value.isNull() ? MissingNode.getInstance() : value;
  }

  boolean flag(String key, boolean absent) {
    JsonNode value = at(key);
    if (value.isMissingNode() || value.isBoolean()) {
      return value.asBoolean(absent);
    }
    problem(key, "expected true or false");
    return absent;
  }

  int integer(String key, int absent, int min, int max) {
    JsonNode value = at(key);
    if (value.isMissingNode()) {
      return absent;
    }
    if (value.isIntegralNumber() && value.longValue() >= min && value.longValue() <= max) {
      return value.intValue();
    }
    problem(key, "expected a whole number from %d to %d".formatted(min, max));
    return absent;
  }

  /** A number that may be infinite where its bounds are. */
  double number(String key, double absent, double min, double max) {
    JsonNode value = at(key);
    if (value.isMissingNode()) {
      return absent;
    }
    if (value.isNumber() && value.doubleValue() >= min && value.doubleValue() <= max) {
      return value.doubleValue();
    }
    problem(key, "expected a number from %s to %s".formatted(min, max));
    return absent;
  }

  <T> T choice(String key, T absent, Map<String, T> choices) {
    JsonNode value = at(key);
    if (value.isMissingNode()) {
      return absent;
    }
    T chosen = value.isTextual() ? choices.get(value.textValue()) : null;
    if (chosen == null) {
      problem(key, "known are " + String.join(", ", new TreeSet<>(choices.keySet())));
      return absent;
    }
    return chosen;
  }

  /** Says that this key must be false, null or absent. */
  void refuse(String key, String reason) {
    JsonNode value = at(key);
    if (!value.isMissingNode() && !(value.isBoolean() && !value.booleanValue())) {
      problem(key, reason);
    }
  }

  /** Says what is wrong with the value of a key. */
  void problem(String key, String reason) {
    JsonNode value = at(key);
    problems.add(
        "%s is %s: %s".formatted(key, value.size() > 8 ? "an array" : value.toString(), reason));
  }

  /** All that was found wrong so far. */
  List<String> problems() {
    return List.copyOf(problems);
  }
}
