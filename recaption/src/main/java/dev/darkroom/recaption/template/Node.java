package dev.darkroom.recaption.template;

import java.util.List;

/** A part of a template that adds to the text. */
@FunctionalInterface
interface Node {
  void render(Scope scope, StringBuilder text);

  /** Parts one after another. */
  static Node all(List<Node> nodes) {
    List<Node> parts = List.copyOf(nodes);
    return (scope, text) -> parts.forEach(part -> part.render(scope, text));
  }
}
