package dev.darkroom.recaption.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code for} block.
 *
 * @param names one for each element, or several where elements are lists
 * @param list what is gone through
 * @param condition which elements count, where not all do
 * @param body rendered for each
 * @param otherwise rendered where there are none
 */
record Loop(
    List<String> names, Expression list, Optional<Expression> condition, Node body, Node otherwise)
    implements Node {

  @Override
  public void render(Scope scope, StringBuilder text) {
    List<Object> elements = new ArrayList<>();
    for (Object element : Values.elements(list.evaluate(scope), "for")) {
      Scope inner = bound(scope, element);
      if (condition.isEmpty() || Values.isTrue(condition.get().evaluate(inner))) {
        elements.add(element);
      }
    }
    if (elements.isEmpty()) {
      otherwise.render(scope, text);
    }
    for (int i = 0; i < elements.size(); i++) {
      Scope inner = bound(scope, elements.get(i));
      inner.set(
          "loop",
          Map.of(
              "index",
              (long) i + 1,
              "index0",
              (long) i,
              "first",
              i == 0,
              "last",
              i == elements.size() - 1,
              "length",
              (long) elements.size()));
      body.render(inner, text);
    }
  }

  private Scope bound(Scope scope, Object element) {
    Scope inner = scope.inner();
    if (names.size() == 1) {
      inner.set(names.get(0), Values.normalized(element));
      return inner;
    }
    List<?> values = Values.elements(element, "for");
    if (values.size() != names.size()) {
      throw new TemplateException(
          "%d names stand for %d values in a loop".formatted(names.size(), values.size()));
    }
    for (int i = 0; i < names.size(); i++) {
      inner.set(names.get(i), Values.normalized(values.get(i)));
    }
    return inner;
  }
}
