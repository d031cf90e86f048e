package dev.darkroom.recaption.template;

import java.util.Map;

/**
 * A parsed chat template; immutable and thread-safe.
 *
 * <p>Known are text, comments, output, {@code for} (with {@code if}, {@code else} and {@code
 * loop}), {@code if}, {@code set} (also of a {@code namespace}), {@code generation}, the operators
 * of Jinja's expressions, its tests, the filters and methods that {@link Functions} lists, white
 * space control, and transformers' settings {@code trim_blocks} and {@code lstrip_blocks}.
 */
public final class ChatTemplate {
  private final Node root;

  private ChatTemplate(Node root) {
    this.root = root;
  }

  /**
   * Parses a template.
   *
   * @throws TemplateException where it uses what is not known here
   */
  public static ChatTemplate parse(String source) {
    return new ChatTemplate(TemplateParser.parse(source));
  }

  /**
   * Renders the template.
   *
   * @param variables of strings, booleans, integers, and lists and maps of these
   * @throws TemplateException where a value does not fit what the template does with it, or where
   *     the template itself raises an error
   */
  public String render(Map<String, Object> variables) {
    StringBuilder text = new StringBuilder();
    root.render(Scope.of(variables), text);
    return text.toString();
  }
}
