package dev.darkroom.recaption.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a server's error says, in one short line. */
final class ErrorText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 300;
  private static final int LONGEST_READ = 1 << 16;

  private ErrorText() {}

  /**
   * The message in an error's body: {@code error.message} (OpenAI), {@code error}, {@code message}
   * (vLLM) or {@code detail} (FastAPI); otherwise the body itself.
   */
  static String of(byte[] body) {
    try {
      JsonNode root = JSON.readTree(body);
      for (JsonNode message :
          new JsonNode[] {
            root.path("error").path("message"),
            root.path("error"),
            root.path("message"),
            root.path("detail")
          }) {
        if (!message.isMissingNode() && !message.isNull()) {
          return line(message.isTextual() ? message.textValue() : message.toString());
        }
      }
    } catch (IOException e) {
      return excerpt(body);
    }
    return excerpt(body);
  }

  /** The body's text in one line. */
  static String excerpt(byte[] body) {
    if (body.length == 0) {
      return "(nothing)";
    }
    return line(new String(body, 0, Math.min(body.length, LONGEST_READ), StandardCharsets.UTF_8));
  }

  private static String line(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }

  /** A line cut to a length that fits a message; to be called when secrets are out of it. */
  static String cut(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
