package dev.darkroom.generation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Styles that are put before a prompt, as templates of the text. */
public enum StylePrefix {
  /** A photograph. */
  PHOTOGRAPHY("Photography of "),
  /** Few, large, sharp pixels. */
  PIXEL_ART("Pixel art of "),
  /** Grey strokes on paper. */
  PENCIL_DRAWING("Pencil drawing of "),
  /** Claude Monet's brush. */
  MONET("Claude Monet painting of "),
  /** Vincent van Gogh's brush. */
  VAN_GOGH("Van Gogh painting of ");

  private final String prefix;

  StylePrefix(String prefix) {
    this.prefix = prefix;
  }

  /** The name used in options and tables, such as {@code pixel-art}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The style with a name.
   *
   * @throws IllegalArgumentException that lists the names where there is none
   */
  public static StylePrefix of(String id) {
    Optional<StylePrefix> style =
        Arrays.stream(values()).filter(value -> value.id().equals(id)).findFirst();
    return style.orElseThrow(
        () ->
            new IllegalArgumentException(
                "there is no style '%s'; styles are %s"
                    .formatted(
                        id,
                        Arrays.stream(values())
                            .map(StylePrefix::id)
                            .collect(Collectors.joining(", ")))));
  }

  /**
   * A prompt in this style.
   *
   * @param prompt what is drawn, such as {@code a red circle}; where it is empty, so is the result:
   *     the style of nothing is nothing
   */
  public String apply(String prompt) {
    String subject = prompt.strip();
    return subject.isEmpty() ? "" : prefix + subject;
  }
}
