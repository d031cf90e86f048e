package dev.darkroom.recaption.nouns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import opennlp.tools.lemmatizer.LemmatizerME;
import opennlp.tools.util.StringUtil;

/**
 * Finds the lemmas of the tokens of an English text, such as {@code child} for {@code children};
 * the model lacks some, above all with capitals.
 *
 * <p>They are those of OpenNLP's maximum-entropy lemmatizer, trained on the English Web Treebank.
 * It decides by the token, its tag and what it decided for the token before, with a beam search
 * over the whole text; so a token's lemma depends on its neighbours, and there is none for a token
 * alone.
 *
 * <p>Threads may share a lemmatizer.
 */
public final class Lemmatizer {
  private final ThreadLocal<LemmatizerME> lemmatizer =
      ThreadLocal.withInitial(() -> new LemmatizerME(EnglishModels.lemmas()));

  /**
   * The lemmas of a tagged text.
   *
   * @param tokens all tokens of a text, as {@link Tagger#tag} returns them
   * @return a lemma in lower case for each token, never empty
   */
  public List<String> lemmas(List<TaggedToken> tokens) {
    String[] texts = tokens.stream().map(TaggedToken::text).toArray(String[]::new);
    String[] tags = tokens.stream().map(TaggedToken::tag).toArray(String[]::new);
    String[] scripts = lemmatizer.get().predictSES(texts, tags);
    List<String> lemmas = new ArrayList<>(texts.length);
    for (int i = 0; i < texts.length; i++) {
      String lower = texts[i].toLowerCase(Locale.ROOT);
      String lemma = StringUtil.decodeShortestEditScript(lower, scripts[i]);
      lemmas.add(lemma.isEmpty() ? "_" : lemma);
    }
    return List.copyOf(lemmas);
  }
}
