package dev.darkroom.recaption.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The variables that can be seen: those of a block, and those around it. */
final class Scope {
  private final Optional<Scope> outer;
  private final Map<String, Object> variables = new HashMap<>();

  private Scope(Optional<Scope> outer) {
    this.outer = outer;
  }

  static Scope of(Map<String, Object> variables) {
    Scope scope = new Scope(Optional.empty());
    variables.forEach((name, value) -> scope.set(name, Values.normalized(value)));
    return scope;
  }

  Scope inner() {
    return new Scope(Optional.of(this));
  }

  Object get(String name) {
    Object value = variables.get(name);
    if (value != null) {
      return value;
    }
    return outer.map(scope -> scope.get(name)).orElse(Values.UNDEFINED);
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }
}
