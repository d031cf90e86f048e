package dev.darkroom.recaption.nouns;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;

/**
 * Finds the nouns of an English text.
 *
 * <p>Nouns are tokens that OpenNLP's maximum-entropy tagger calls common or proper nouns of the
 * Universal Dependencies, {@code NOUN} or {@code PROPN}, also within a fused tag such as {@code
 * NOUN+PART}. The text is tagged as it is written, because capitals help to tell nouns; what is
 * returned is in lower case.
 *
 * <p>The models are OpenNLP's own, trained on the English Web Treebank, and are loaded once in a
 * JVM. Threads may share a tagger.
 */
public final class NounTagger {
  private static final String TOKENS = "/opennlp-en-ud-ewt-tokens-1.3-2.5.4.bin";
  private static final String TAGS = "/opennlp-en-ud-ewt-pos-1.3-2.5.4.bin";

  // The models are shared; what applies them keeps state and belongs to one thread.
  private final ThreadLocal<TokenizerME> tokenizer =
      ThreadLocal.withInitial(() -> new TokenizerME(Models.TOKENIZER));
  private final ThreadLocal<POSTaggerME> tagger =
      ThreadLocal.withInitial(() -> new POSTaggerME(Models.TAGGER));

  /**
   * The nouns of a text.
   *
   * @return the nouns in lower case, in the order of the text, each as often as it stands there
   */
  public List<String> nouns(String text) {
    String[] tokens = tokenizer.get().tokenize(text);
    String[] tags = tagger.get().tag(tokens);
    List<String> nouns = new ArrayList<>();
    for (int i = 0; i < tokens.length; i++) {
      if (isNoun(tags[i])) {
        nouns.add(tokens[i].toLowerCase(Locale.ROOT));
      }
    }
    return List.copyOf(nouns);
  }

  private static boolean isNoun(String tag) {
    return Arrays.stream(tag.split("\\+"))
        .anyMatch(part -> part.equals("NOUN") || part.equals("PROPN"));
  }

  /** Loaded when the first text comes. */
  private static final class Models {
    private static final TokenizerModel TOKENIZER = load(TOKENS, TokenizerModel::new);
    private static final POSModel TAGGER = load(TAGS, POSModel::new);

    private static <M> M load(String resource, Reader<M> reader) {
      try (InputStream in = NounTagger.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException(
              "the class path lacks OpenNLP's model " + resource + "; the job jar holds it");
        }
        return reader.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException("OpenNLP's model " + resource + " can't be read", e);
      }
    }
  }

  private interface Reader<M> {
    M read(InputStream in) throws IOException;
  }
}
