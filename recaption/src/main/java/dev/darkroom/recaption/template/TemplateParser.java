package dev.darkroom.recaption.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses the blocks of a template. */
final class TemplateParser {
  private final List<Tag> tags;
  private int place;

  private TemplateParser(List<Tag> tags) {
    this.tags = tags;
  }

  static Node parse(String source) {
    TemplateParser parser = new TemplateParser(TagLexer.tags(source));
    Node root = parser.until(Set.of());
    if (parser.place < parser.tags.size()) {
      throw new TemplateException(
          "the block '%s' is out of place".formatted(parser.tags.get(parser.place).word()));
    }
    return root;
  }

  /** The nodes up to a block of one of these words, which is left for the caller. */
  private Node until(Set<String> ends) {
    List<Node> nodes = new ArrayList<>();
    while (place < tags.size()) {
      Tag tag = tags.get(place);
      if (tag.kind() == Tag.Kind.BLOCK && isEnd(tag.word(), ends)) {
        break;
      }
      place++;
      nodes.add(
          switch (tag.kind()) {
            case TEXT -> (scope, text) -> text.append(tag.content());
            case OUTPUT -> output(tag);
            case BLOCK -> block(tag);
          });
    }
    return Node.all(nodes);
  }

  private static boolean isEnd(String word, Set<String> ends) {
    return ends.contains(word)
        || word.startsWith("end")
        || word.equals("else")
        || word.equals("elif");
  }

  private static Node output(Tag tag) {
    Expression expression = ExpressionParser.parse(tag.content());
    return (scope, text) -> text.append(Values.text(expression.evaluate(scope)));
  }

  private Node block(Tag tag) {
    return switch (tag.word()) {
      case "if" -> condition(tag);
      case "for" -> loop(tag);
      case "set" -> assignment(tag);
      case "generation" -> {
        Node body = until(Set.of("endgeneration"));
        close("endgeneration");
        yield body;
      }
      default ->
          throw new TemplateException(
              "the block '%s' is not known here; rewrite the template without it"
                  .formatted(tag.word()));
    };
  }

  private Node condition(Tag tag) {
    Expression condition = ExpressionParser.parse(tag.rest());
    Node body = until(Set.of("elif", "else", "endif"));
    Node otherwise = Node.all(List.of());
    Tag next = required("endif");
    if (next.word().equals("elif")) {
      place++;
      otherwise = condition(next);
    } else {
      if (next.word().equals("else")) {
        place++;
        otherwise = until(Set.of("endif"));
      }
      close("endif");
    }
    Node other = otherwise;
    return (scope, text) ->
        (Values.isTrue(condition.evaluate(scope)) ? body : other).render(scope, text);
  }

  private static Node assignment(Tag tag) {
    ExpressionParser parser = new ExpressionParser(tag.rest());
    String name = parser.name();
    Optional<String> field =
        parser.acceptOperator(".").isPresent() ? Optional.of(parser.name()) : Optional.empty();
    parser.expect("=");
    Expression value = parser.expression();
    parser.end();
    if (field.isEmpty()) {
      return (scope, text) -> scope.set(name, value.evaluate(scope));
    }
    return (scope, text) -> setField(scope.get(name), field.get(), value.evaluate(scope));
  }

  private static void setField(Object owner, String field, Object value) {
    if (!(owner instanceof Map<?, ?>)) {
      throw new TemplateException("'%s' is set of what is no namespace".formatted(field));
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> namespace = (Map<String, Object>) owner;
    namespace.put(field, value);
  }

  private Node loop(Tag tag) {
    ExpressionParser parser = new ExpressionParser(tag.rest());
    List<String> names = new ArrayList<>(List.of(parser.name()));
    while (parser.acceptOperator(",").isPresent()) {
      names.add(parser.name());
    }
    if (!parser.acceptName("in")) {
      throw new TemplateException("'in' is missing in 'for%s'".formatted(tag.rest()));
    }
    Expression list = parser.either();
    Optional<Expression> condition =
        parser.acceptName("if") ? Optional.of(parser.either()) : Optional.empty();
    parser.end();
    Node body = until(Set.of("else", "endfor"));
    Node otherwise = Node.all(List.of());
    if (required("endfor").word().equals("else")) {
      place++;
      otherwise = until(Set.of("endfor"));
    }
    close("endfor");
    return new Loop(names, list, condition, body, otherwise);
  }

  private Tag required(String end) {
    if (place == tags.size()) {
      throw new TemplateException("'%s' is missing".formatted(end));
    }
    return tags.get(place);
  }

  private void close(String end) {
    String word = required(end).word();
    if (!word.equals(end)) {
      throw new TemplateException("'%s' stands where '%s' was expected".formatted(word, end));
    }
    place++;
  }
}
