package dev.darkroom.recaption.template;

import dev.darkroom.recaption.template.Functions.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses the expressions of one tag, with Jinja's precedence. */
final class ExpressionParser {
  private final String source;
  private final List<Token> tokens;
  private int place;

  ExpressionParser(String source) {
    this.source = source.strip();
    this.tokens = ExpressionLexer.tokens(source);
  }

  /** The expression that the whole source is. */
  static Expression parse(String source) {
    ExpressionParser parser = new ExpressionParser(source);
    Expression expression = parser.expression();
    parser.end();
    return expression;
  }

  Expression expression() {
    Expression value = either();
    if (!acceptName("if")) {
      return value;
    }
    Expression condition = either();
    Expression otherwise = acceptName("else") ? expression() : scope -> Values.UNDEFINED;
    return scope ->
        Values.isTrue(condition.evaluate(scope))
            ? value.evaluate(scope)
            : otherwise.evaluate(scope);
  }

  /** An expression without {@code if}, which belongs to a loop there. */
  Expression either() {
    Expression left = both();
    while (acceptName("or")) {
      Expression first = left;
      Expression second = both();
      left =
          scope -> {
            Object value = first.evaluate(scope);
            return Values.isTrue(value) ? value : second.evaluate(scope);
          };
    }
    return left;
  }

  private Expression both() {
    Expression left = negation();
    while (acceptName("and")) {
      Expression first = left;
      Expression second = negation();
      left =
          scope -> {
            Object value = first.evaluate(scope);
            return Values.isTrue(value) ? second.evaluate(scope) : value;
          };
    }
    return left;
  }

  private Expression negation() {
    if (acceptName("not")) {
      Expression negated = negation();
      return scope -> !Values.isTrue(negated.evaluate(scope));
    }
    return comparison();
  }

  private Expression comparison() {
    Expression left = sum();
    while (true) {
      Optional<String> operator = acceptOperator("==", "!=", "<=", ">=", "<", ">");
      if (operator.isPresent()) {
        left = compared(left, operator.get(), sum());
      } else if (acceptName("in")) {
        left = contained(left, sum(), true);
      } else if (peek().is(Token.Kind.NAME, "not") && peek(1).is(Token.Kind.NAME, "in")) {
        place += 2;
        left = contained(left, sum(), false);
      } else {
        return left;
      }
    }
  }

  private static Expression contained(Expression value, Expression container, boolean wanted) {
    return scope -> Functions.contains(container.evaluate(scope), value.evaluate(scope)) == wanted;
  }

  private static Expression compared(Expression left, String operator, Expression right) {
    return scope -> {
      Object first = left.evaluate(scope);
      Object second = right.evaluate(scope);
      return switch (operator) {
        case "==" -> first.equals(second);
        case "!=" -> !first.equals(second);
        default -> {
          int order = Long.compare(Values.number(first, operator), Values.number(second, operator));
          yield switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
          };
        }
      };
    };
  }

  private Expression sum() {
    Expression left = concatenation();
    while (true) {
      Optional<String> operator = acceptOperator("+", "-");
      if (operator.isEmpty()) {
        return left;
      }
      left = calculated(left, operator.get(), concatenation());
    }
  }

  private Expression concatenation() {
    Expression left = product();
    while (acceptOperator("~").isPresent()) {
      Expression first = left;
      Expression second = product();
      left = scope -> Values.text(first.evaluate(scope)) + Values.text(second.evaluate(scope));
    }
    return left;
  }

  private Expression product() {
    Expression left = unary();
    while (true) {
      Optional<String> operator = acceptOperator("*", "//", "%");
      if (operator.isEmpty()) {
        return left;
      }
      left = calculated(left, operator.get(), unary());
    }
  }

  private static Expression calculated(Expression left, String operator, Expression right) {
    return scope -> {
      Object first = left.evaluate(scope);
      Object second = right.evaluate(scope);
      if (operator.equals("+") && first instanceof String text) {
        return text + Values.string(second, "+");
      }
      if (operator.equals("+") && first instanceof List<?> list) {
        List<Object> joined = new ArrayList<>(list);
        joined.addAll(Values.elements(second, "+"));
        return joined;
      }
      long a = Values.number(first, operator);
      long b = Values.number(second, operator);
      return switch (operator) {
        case "+" -> a + b;
        case "-" -> a - b;
        case "*" -> a * b;
        case "//" -> Math.floorDiv(a, b);
        default -> Math.floorMod(a, b);
      };
    };
  }

  private Expression unary() {
    if (acceptOperator("-").isPresent()) {
      Expression negated = unary();
      return scope -> -Values.number(negated.evaluate(scope), "-");
    }
    Expression value = primary();
    while (true) {
      if (acceptOperator(".").isPresent()) {
        value = attribute(value, name());
      } else if (acceptOperator("[").isPresent()) {
        value = subscript(value);
      } else if (acceptOperator("|").isPresent()) {
        value = filter(value, name());
      } else if (acceptName("is")) {
        value = test(value);
      } else {
        return value;
      }
    }
  }

  private Expression attribute(Expression owner, String name) {
    if (acceptOperator("(").isEmpty()) {
      return scope -> Values.field(owner.evaluate(scope), name);
    }
    ArgumentList arguments = arguments();
    return scope -> Functions.method(owner.evaluate(scope), name, arguments.evaluate(scope));
  }

  private Expression filter(Expression value, String name) {
    ArgumentList arguments = acceptOperator("(").isPresent() ? arguments() : ArgumentList.NONE;
    return scope -> Functions.filter(name, value.evaluate(scope), arguments.evaluate(scope));
  }

  private Expression test(Expression value) {
    boolean wanted = !acceptName("not");
    String name = name();
    ArgumentList arguments = ArgumentList.NONE;
    if (acceptOperator("(").isPresent()) {
      arguments = arguments();
    } else if (peek().kind() == Token.Kind.STRING || peek().kind() == Token.Kind.NUMBER) {
      arguments = new ArgumentList(List.of(primary()), Map.of());
    }
    ArgumentList given = arguments;
    return scope -> Functions.test(name, value.evaluate(scope), given.evaluate(scope)) == wanted;
  }

  private Expression subscript(Expression owner) {
    Optional<Expression> start =
        peek().is(Token.Kind.OPERATOR, ":") ? Optional.empty() : Optional.of(expression());
    if (acceptOperator("]").isPresent()) {
      Expression key = start.orElseThrow();
      return scope -> Values.element(owner.evaluate(scope), key.evaluate(scope));
    }
    expect(":");
    Optional<Expression> end =
        peek().is(Token.Kind.OPERATOR, "]") || peek().is(Token.Kind.OPERATOR, ":")
            ? Optional.empty()
            : Optional.of(expression());
    boolean backwards = false;
    if (acceptOperator(":").isPresent()) {
      expect("-");
      if (!next().is(Token.Kind.NUMBER, "1") || start.isPresent() || end.isPresent()) {
        throw fault("only the steps 1 and, over everything, -1 are known here");
      }
      backwards = true;
    }
    expect("]");
    boolean reversed = backwards;
    return scope -> slice(owner.evaluate(scope), start, end, reversed, scope);
  }

  private static Object slice(
      Object value,
      Optional<Expression> start,
      Optional<Expression> end,
      boolean reversed,
      Scope scope) {
    List<?> elements = Values.elements(value, "a slice");
    int from = bound(start, 0, elements.size(), scope);
    int to = Math.max(from, bound(end, elements.size(), elements.size(), scope));
    List<Object> slice = new ArrayList<>(elements.subList(from, to));
    if (reversed) {
      Collections.reverse(slice);
    }
    return value instanceof String
        ? String.join("", slice.stream().map(Values::text).toList())
        : slice;
  }

  private static int bound(Optional<Expression> bound, int absent, int size, Scope scope) {
    if (bound.isEmpty()) {
      return absent;
    }
    long value = Values.number(bound.get().evaluate(scope), "a slice");
    return (int) Math.max(0, Math.min(size, value < 0 ? value + size : value));
  }

  private Expression primary() {
    Token token = next();
    return switch (token.kind()) {
      case STRING -> constant(token.text() + followingStrings());
      case NUMBER -> constant(Long.parseLong(token.text()));
      case NAME -> named(token.text());
      case OPERATOR -> bracketed(token);
      case END -> throw fault("something is missing at its end");
    };
  }

  private String followingStrings() {
    StringBuilder text = new StringBuilder();
    while (peek().kind() == Token.Kind.STRING) {
      text.append(next().text());
    }
    return text.toString();
  }

  private static Expression constant(Object value) {
    return scope -> value;
  }

  private Expression named(String name) {
    return switch (name) {
      case "true", "True" -> constant(true);
      case "false", "False" -> constant(false);
      case "none", "None" -> constant(Values.NONE);
      default -> {
        if (acceptOperator("(").isPresent()) {
          ArgumentList arguments = arguments();
          yield scope -> Functions.call(name, arguments.evaluate(scope));
        }
        yield scope -> scope.get(name);
      }
    };
  }

  private Expression bracketed(Token token) {
    if (token.text().equals("(")) {
      Expression inside = expression();
      expect(")");
      return inside;
    }
    if (token.text().equals("[")) {
      List<Expression> elements = new ArrayList<>();
      while (acceptOperator("]").isEmpty()) {
        elements.add(expression());
        if (!peek().is(Token.Kind.OPERATOR, "]")) {
          expect(",");
        }
      }
      return scope -> elements.stream().map(element -> element.evaluate(scope)).toList();
    }
    throw fault("'%s' is out of place".formatted(token.text()));
  }

  private ArgumentList arguments() {
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (acceptOperator(")").isEmpty()) {
      if (peek().kind() == Token.Kind.NAME && peek(1).is(Token.Kind.OPERATOR, "=")) {
        String name = name();
        expect("=");
        named.put(name, expression());
      } else {
        positional.add(expression());
      }
      if (!peek().is(Token.Kind.OPERATOR, ")")) {
        expect(",");
      }
    }
    return new ArgumentList(positional, named);
  }

  /** Arguments that are still to be evaluated. */
  private record ArgumentList(List<Expression> positional, Map<String, Expression> named) {
    static final ArgumentList NONE = new ArgumentList(List.of(), Map.of());

    Arguments evaluate(Scope scope) {
      Map<String, Object> values = new LinkedHashMap<>();
      named.forEach((name, expression) -> values.put(name, expression.evaluate(scope)));
      return new Arguments(
          positional.stream().map(expression -> expression.evaluate(scope)).toList(), values);
    }
  }

  /** The next token, which has to be a name. */
  String name() {
    Token token = next();
    if (token.kind() != Token.Kind.NAME) {
      throw fault("a name was expected, not '%s'".formatted(token.text()));
    }
    return token.text();
  }

  boolean acceptName(String name) {
    boolean there = peek().is(Token.Kind.NAME, name);
    place += there ? 1 : 0;
    return there;
  }

  Optional<String> acceptOperator(String... operators) {
    for (String operator : operators) {
      if (peek().is(Token.Kind.OPERATOR, operator)) {
        place++;
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  void expect(String operator) {
    if (acceptOperator(operator).isEmpty()) {
      throw fault("'%s' was expected, not '%s'".formatted(operator, peek().text()));
    }
  }

  /** Refuses what is left over. */
  void end() {
    if (peek().kind() != Token.Kind.END) {
      throw fault("'%s' is out of place".formatted(peek().text()));
    }
  }

  private Token peek() {
    return peek(0);
  }

  private Token peek(int ahead) {
    return tokens.get(Math.min(place + ahead, tokens.size() - 1));
  }

  private Token next() {
    Token token = peek();
    place++;
    return token;
  }

  private TemplateException fault(String reason) {
    return new TemplateException("%s, in '%s'".formatted(reason, source));
  }
}
