package dev.darkroom.recaption.llava;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.darkroom.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * From a question to the prompt's tokens, and from an answer's tokens to text: chat template and
 * tokenizer. May be used by several threads.
 */
final class PromptEncoder implements AutoCloseable {
  /** What the tokenizer is asked before DJL would report home that it is used. */
  private static final String TRACKING = "OPT_OUT_TRACKING";

  private final HuggingFaceTokenizer tokenizer;
  private final ChatPrompt template;
  private final int imageToken;

  private PromptEncoder(HuggingFaceTokenizer tokenizer, ChatPrompt template, int imageToken) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.imageToken = imageToken;
  }

  /**
   * Opens the tokenizer of a model folder.
   *
   * @throws ModelException where tokenizer or chat template are missing or can't be used
   */
  static PromptEncoder open(Path folder, int imageToken) {
    Path file = folder.resolve("tokenizer.json");
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          folder
              + " has no tokenizer.json; save it with transformers' fast tokenizer"
              + " (AutoTokenizer)");
    }
    HuggingFaceTokenizer tokenizer = tokenizer(file);
    String imageText = tokenizer.decode(new long[] {imageToken}, false);
    ChatPrompt template = ChatPrompt.read(folder, imageText);
    PromptEncoder encoder = new PromptEncoder(tokenizer, template, imageToken);
    try {
      encoder.encode("What is this?", 1);
    } catch (IllegalArgumentException e) {
      tokenizer.close();
      throw new ModelException(
          "%s: the chat template does not fit the tokenizer: %s; fetch or export the model again"
              .formatted(folder, e.getMessage()),
          e);
    }
    return encoder;
  }

  private static HuggingFaceTokenizer tokenizer(Path file) {
    if (System.getenv(TRACKING) == null && System.getProperty(TRACKING) == null) {
      System.setProperty(TRACKING, "true");
    }
    try {
      return HuggingFaceTokenizer.builder()
          .optTokenizerPath(file)
          .optTruncation(false)
          .optPadding(false)
          .build();
    } catch (IOException | RuntimeException e) {
      throw new ModelException(
          "%s can't be read: %s; fetch or export the model again".formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * The tokens of a prompt.
   *
   * @param question the user's turn as text
   * @param imageLength how often the image token is repeated
   * @throws IllegalArgumentException where the question itself has image tokens
   */
  int[] encode(String question, int imageLength) {
    String text = template.render(question);
    long[] tokens = tokenizer.encode(text, !template.hasBegin(text), false).getIds();
    long images = Arrays.stream(tokens).filter(token -> token == imageToken).count();
    if (images != 1) {
      throw new IllegalArgumentException(
          "the prompt has %d image tokens where one image is given; take them out of the text"
              .formatted(images));
    }
    int[] expanded = new int[tokens.length + imageLength - 1];
    int size = 0;
    for (long token : tokens) {
      int repeats = token == imageToken ? imageLength : 1;
      Arrays.fill(expanded, size, size + repeats, (int) token);
      size += repeats;
    }
    return expanded;
  }

  /** The text of an answer, without special tokens and surrounding white space. */
  String decode(long[] answer) {
    return tokenizer.decode(answer, true).strip();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
