package dev.darkroom.recaption.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The ways in which servers say that a prompt has too many tokens. */
final class ContextLength {
  /** OpenAI's code, llama.cpp's type, and the words of vLLM and SGLang. */
  private static final List<String> SIGNS =
      List.of(
          "context_length_exceeded",
          "exceed_context_size_error",
          "maximum context length",
          "maximum model length",
          "longer than the model's context length");

  private ContextLength() {}

  /** Whether an error's body says so. */
  static boolean isExceeded(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    return SIGNS.stream().anyMatch(text::contains);
  }
}
