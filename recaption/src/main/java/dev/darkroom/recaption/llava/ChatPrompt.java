package dev.darkroom.recaption.llava;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.models.JsonFile;
import dev.darkroom.models.ModelException;
import dev.darkroom.recaption.template.ChatTemplate;
import dev.darkroom.recaption.template.TemplateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checkpoint's chat template around one user turn of an image and a question.
 *
 * <p>Templates of LLaVA checkpoints take a turn's content as a list of parts; those of older ones
 * as text, in which the image token then stands in front.
 */
final class ChatPrompt {
  private final ChatTemplate template;
  private final Map<String, Object> specialTokens;
  private final String image;
  private final boolean parts;

  private ChatPrompt(
      ChatTemplate template, Map<String, Object> specialTokens, String image, boolean parts) {
    this.template = template;
    this.specialTokens = specialTokens;
    this.image = image;
    this.parts = parts;
  }

  /**
   * Reads the chat template of a model folder, and tries it.
   *
   * @param image the text of the image token
   * @throws ModelException where there is none, or it can't be rendered
   */
  static ChatPrompt read(Path folder, String image) {
    Optional<JsonFile> tokenizer = JsonFile.readIfPresent(folder.resolve("tokenizer_config.json"));
    String source =
        source(folder, tokenizer)
            .orElseThrow(
                () ->
                    new ModelException(
                        folder
                            + " has no chat template; put one into chat_template.jinja, as the"
                            + " model's page shows it"));
    try {
      ChatTemplate template = ChatTemplate.parse(source);
      Map<String, Object> special = new LinkedHashMap<>();
      tokenizer.ifPresent(
          file -> {
            specialToken(file, "bos_token").ifPresent(token -> special.put("bos_token", token));
            specialToken(file, "eos_token").ifPresent(token -> special.put("eos_token", token));
          });
      ChatPrompt inParts = new ChatPrompt(template, special, image, true);
      return inParts.works() ? inParts : new ChatPrompt(template, special, image, false);
    } catch (TemplateException e) {
      throw new ModelException(
          "%s: the chat template can't be used: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static Optional<String> source(Path folder, Optional<JsonFile> tokenizer) {
    Path jinja = folder.resolve("chat_template.jinja");
    if (Files.isRegularFile(jinja)) {
      try {
        return Optional.of(Files.readString(jinja));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return JsonFile.readIfPresent(folder.resolve("chat_template.json"))
        .or(() -> JsonFile.readIfPresent(folder.resolve("processor_config.json")))
        .flatMap(file -> file.text("chat_template"))
        .or(() -> tokenizer.flatMap(file -> named(file.at("chat_template"))));
  }

  /** A tokenizer's template: text, or a list of them of which one is called default. */
  private static Optional<String> named(JsonNode value) {
    if (value.isTextual()) {
      return Optional.of(value.textValue());
    }
    for (JsonNode entry : value) {
      if ("default".equals(entry.path("name").asText())) {
        return Optional.ofNullable(entry.path("template").textValue());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> specialToken(JsonFile file, String field) {
    return file.text(field)
        .or(() -> Optional.ofNullable(file.at(field).path("content").textValue()));
  }

  private boolean works() {
    String probe = "Is this the question?";
    try {
      String text = render(probe);
      int first = text.indexOf(image);
      return first >= 0
          && text.indexOf(image, first + 1) < 0
          && text.contains(probe)
          && !text.contains("'type'");
    } catch (TemplateException e) {
      return false;
    }
  }

  /** The prompt's text. */
  String render(String question) {
    Object content =
        parts
            ? List.of(Map.of("type", "image"), Map.of("type", "text", "text", question))
            : image + "\n" + question;
    Map<String, Object> variables = new LinkedHashMap<>(specialTokens);
    variables.put("messages", List.of(Map.of("role", "user", "content", content)));
    variables.put("add_generation_prompt", true);
    return template.render(variables);
  }

  /** Whether the template puts the token in front that begins a text, so that nobody else does. */
  boolean hasBegin(String text) {
    return specialTokens.get("bos_token") instanceof String begin && text.startsWith(begin);
  }
}
