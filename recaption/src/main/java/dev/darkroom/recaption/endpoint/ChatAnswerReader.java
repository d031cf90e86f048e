package dev.darkroom.recaption.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.recaption.FinishReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads chat completions: one JSON object, or the event stream that some servers send whether it
 * was asked for or not ({@code transformers serve} before version 5).
 */
final class ChatAnswerReader {
  private static final String EVENT = "data:";
  private static final String END = "[DONE]";

  private final ObjectMapper json = new ObjectMapper();

  /**
   * Reads a response's body.
   *
   * @throws BadResponseException where it is no chat completion
   */
  ChatAnswer read(byte[] body) throws BadResponseException {
    String start = new String(body, 0, Math.min(body.length, 64), StandardCharsets.UTF_8).strip();
    if (start.startsWith(EVENT)) {
      return readEvents(new String(body, StandardCharsets.UTF_8));
    }
    JsonNode root = parse(body);
    JsonNode choice = firstChoice(root);
    JsonNode content = choice.path("message").path("content");
    if (!content.isTextual()) {
      throw new BadResponseException(
          "choices[0].message.content is " + kind(content) + " and should be a string");
    }
    JsonNode usage = root.path("usage");
    return new ChatAnswer(
        content.textValue(),
        finishReason(choice.path("finish_reason")),
        tokens(usage.path("prompt_tokens")),
        tokens(usage.path("completion_tokens")));
  }

  private ChatAnswer readEvents(String stream) throws BadResponseException {
    StringBuilder text = new StringBuilder();
    JsonNode finish = json.missingNode();
    JsonNode usage = json.missingNode();
    for (String line : (Iterable<String>) stream.lines()::iterator) {
      String event = line.startsWith(EVENT) ? line.substring(EVENT.length()).strip() : "";
      if (event.isEmpty() || event.equals(END)) {
        continue;
      }
      JsonNode chunk = parse(event.getBytes(StandardCharsets.UTF_8));
      if (chunk.path("usage").isObject()) {
        usage = chunk.path("usage");
        if (chunk.path("choices").isEmpty()) {
          continue;
        }
      }
      JsonNode choice = firstChoice(chunk);
      text.append(choice.path("delta").path("content").asText(""));
      if (choice.path("finish_reason").isTextual()) {
        finish = choice.path("finish_reason");
      }
    }
    if (finish.isMissingNode()) {
      throw new BadResponseException("the stream of events ends without a finish_reason");
    }
    return new ChatAnswer(
        text.toString(),
        finishReason(finish),
        tokens(usage.path("prompt_tokens")),
        tokens(usage.path("completion_tokens")));
  }

  private JsonNode parse(byte[] body) throws BadResponseException {
    JsonNode root;
    try {
      root = json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new BadResponseException("the answer is no JSON: " + ErrorText.excerpt(body));
    } catch (IOException e) {
      throw new BadResponseException("the answer can't be read: " + e.getMessage());
    }
    if (root.has("error")) {
      throw new BadResponseException("the answer is an error: " + ErrorText.of(body));
    }
    return root;
  }

  private static JsonNode firstChoice(JsonNode root) throws BadResponseException {
    JsonNode choices = root.path("choices");
    if (!choices.isArray() || choices.isEmpty()) {
      throw new BadResponseException(
          "choices is "
              + (choices.isArray() ? "an empty array" : kind(choices))
              + " and should hold an answer");
    }
    return choices.get(0);
  }

  private static FinishReason finishReason(JsonNode reason) {
    return switch (reason.asText("")) {
      case "stop" -> FinishReason.STOP;
      case "length" -> FinishReason.LENGTH;
      default -> FinishReason.OTHER;
    };
  }

  private static int tokens(JsonNode count) {
    return count.canConvertToInt() ? Math.max(0, count.intValue()) : 0;
  }

  private static String kind(JsonNode node) {
    return node.isMissingNode()
        ? "missing"
        : node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }
}
