package dev.darkroom.recaption.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.DecodingParameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Writes the body of {@code POST /v1/chat/completions}: one user turn of text and image. What is
 * not set is not sent, so that servers which know only OpenAI's fields take it; {@code top_k} and
 * {@code repetition_penalty} are named as vLLM, SGLang and llama.cpp name them.
 */
final class ChatRequestWriter {
  private final JsonFactory json = new JsonFactory();

  /** The body as UTF-8. */
  byte[] write(String model, CaptionRequest request, ImagePayload image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(image.bytes().length / 3 * 4 + 1024);
    try (JsonGenerator generator = json.createGenerator(out)) {
      generator.writeStartObject();
      generator.writeStringField("model", model);
      writeMessages(generator, request.prompt(), image);
      writeParameters(generator, request.parameters());
      generator.writeNumberField("seed", seed(request.seed()));
      generator.writeBooleanField("stream", false);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a request could not be written to memory", e);
    }
    return out.toByteArray();
  }

  private static void writeMessages(JsonGenerator generator, String prompt, ImagePayload image)
      throws IOException {
    generator.writeArrayFieldStart("messages");
    generator.writeStartObject();
    generator.writeStringField("role", "user");
    generator.writeArrayFieldStart("content");
    generator.writeStartObject();
    generator.writeStringField("type", "text");
    generator.writeStringField("text", prompt);
    generator.writeEndObject();
    generator.writeStartObject();
    generator.writeStringField("type", "image_url");
    generator.writeObjectFieldStart("image_url");
    generator.writeStringField("url", image.dataUrl());
    generator.writeEndObject();
    generator.writeEndObject();
    generator.writeEndArray();
    generator.writeEndObject();
    generator.writeEndArray();
  }

  private static void writeParameters(JsonGenerator generator, DecodingParameters parameters)
      throws IOException {
    generator.writeNumberField("max_tokens", parameters.maxNewTokens());
    generator.writeNumberField("temperature", parameters.temperature());
    if (parameters.topP() < 1) {
      generator.writeNumberField("top_p", parameters.topP());
    }
    if (parameters.topK() > 0) {
      generator.writeNumberField("top_k", parameters.topK());
    }
    if (parameters.repetitionPenalty() != 1) {
      generator.writeNumberField("repetition_penalty", parameters.repetitionPenalty());
    }
  }

  /**
   * A seed that every server takes: some have 32 bits for it, and read -1 as "any". Seeds from 0 to
   * 2^31 - 1 stay as they are; others are folded into that range.
   */
  static long seed(long seed) {
    return seed >= 0 && seed <= Integer.MAX_VALUE
        ? seed
        : (seed ^ (seed >>> 32)) & Integer.MAX_VALUE;
  }
}
