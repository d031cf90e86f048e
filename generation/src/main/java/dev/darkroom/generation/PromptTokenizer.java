package dev.darkroom.generation;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.models.JsonFile;
import dev.darkroom.models.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * From a prompt to tokens as the Python pipelines make them: cut at the model's length, before the
 * tokens that end a text, and padded on the right. May be used by several threads.
 */
final class PromptTokenizer implements AutoCloseable {
  /** What the tokenizer is asked before DJL would report home that it is used. */
  private static final String TRACKING = "OPT_OUT_TRACKING";

  /** Tokenizers without a limit say a number as large as 1e30. */
  private static final double NO_LIMIT = 1e6;

  private final HuggingFaceTokenizer tokenizer;
  private final int length;
  private final long padding;
  private final boolean lowerCase;

  private PromptTokenizer(
      HuggingFaceTokenizer tokenizer, int length, long padding, boolean lowerCase) {
    this.tokenizer = tokenizer;
    this.length = length;
    this.padding = padding;
    this.lowerCase = lowerCase;
  }

  /**
   * Opens a tokenizer's folder. Length and padding come from {@code tokenizer_config.json} ({@code
   * model_max_length}, {@code pad_token}), else from {@code tokenizer.json} itself ({@code
   * truncation}, {@code padding}).
   *
   * @param lowerCase whether texts are put into lower case and stripped first, as PixArt's are
   * @throws ModelException where length or padding are not to be found or the tokenizer can't be
   *     read
   */
  static PromptTokenizer open(Path folder, boolean lowerCase) {
    JsonFile description = JsonFile.read(folder.resolve("tokenizer.json"));
    Optional<JsonFile> config = JsonFile.readIfPresent(folder.resolve("tokenizer_config.json"));
    int length = length(description, config);
    long padding = padding(description, config);
    if (System.getenv(TRACKING) == null && System.getProperty(TRACKING) == null) {
      System.setProperty(TRACKING, "true");
    }
    try {
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.builder()
              .optTokenizerPath(description.path())
              .optTruncation(true)
              .optMaxLength(length)
              .optPadding(false)
              .build();
      return new PromptTokenizer(tokenizer, length, padding, lowerCase);
    } catch (IOException | RuntimeException e) {
      throw new ModelException(
          "%s can't be read: %s; fetch or export the model again"
              .formatted(description.path(), e.getMessage()),
          e);
    }
  }

  private static int length(JsonFile description, Optional<JsonFile> config) {
    double length =
        config
            .map(file -> file.at("model_max_length").doubleValue())
            .filter(value -> value >= 1 && value < NO_LIMIT)
            .orElseGet(() -> description.at("truncation").path("max_length").doubleValue());
    if (length < 1) {
      throw description.fault(
          "truncation",
          "is not set, and there is no model_max_length in tokenizer_config.json, so that the"
              + " length of texts is unknown; export the model again");
    }
    return (int) length;
  }

  private static long padding(JsonFile description, Optional<JsonFile> config) {
    Optional<String> token =
        config
            .map(file -> file.at("pad_token"))
            .map(node -> node.isObject() ? node.path("content") : node)
            .map(JsonNode::textValue);
    JsonNode own = description.at("padding").path("pad_id");
    if (token.isEmpty() && own.isIntegralNumber()) {
      return own.longValue();
    }
    return token
        .flatMap(text -> id(description, text))
        .orElseThrow(
            () ->
                description.fault(
                    "padding", "names no token that fills texts up; export the model again"));
  }

  private static Optional<Long> id(JsonFile description, String token) {
    for (JsonNode added : description.at("added_tokens")) {
      if (token.equals(added.path("content").textValue())) {
        return Optional.of(added.path("id").longValue());
      }
    }
    JsonNode vocabulary = description.at("model").path("vocab");
    if (vocabulary.path(token).isIntegralNumber()) {
      return Optional.of(vocabulary.path(token).longValue());
    }
    for (int i = 0; vocabulary.isArray() && i < vocabulary.size(); i++) {
      if (token.equals(vocabulary.get(i).path(0).textValue())) {
        return Optional.of((long) i);
      }
    }
    return Optional.empty();
  }

  /** How many tokens every text is cut or filled up to. */
  int length() {
    return length;
  }

  /** The tokens of a text. */
  PromptTokens encode(String text) {
    String prepared = lowerCase ? strip(text.toLowerCase(Locale.ROOT)) : text;
    Encoding encoding = tokenizer.encode(prepared, true, false);
    long[] tokens = encoding.getIds();
    long[] ids = Arrays.copyOf(tokens, length);
    Arrays.fill(ids, Math.min(tokens.length, length), length, padding);
    long[] mask = new long[length];
    Arrays.fill(mask, 0, Math.min(tokens.length, length), 1);
    return new PromptTokens(ids, mask, encoding.exceedMaxLength());
  }

  /** Without the white space at both ends that Python's {@code strip} takes away. */
  private static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
