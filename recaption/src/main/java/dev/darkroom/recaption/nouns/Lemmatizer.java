package dev.darkroom.recaption.nouns;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import opennlp.tools.util.StringUtil;

/**
 * Finds the lemmas of the tokens of an English text, such as {@code child} for {@code children};
 * the model lacks some, above all with capitals.
 *
 * <p>They are those of OpenNLP's maximum-entropy lemmatizer, trained on the English Web Treebank.
 * It decides by the token, its tag and what it decided for the token before, with a beam search
 * over the whole text; so a token's lemma depends on its neighbours, and there is none for a token
 * alone. Capitals become small independently of the locale.
 *
 * <p>Threads may share a lemmatizer.
 */
public final class Lemmatizer {
  private final LemmaModel model = new LemmaModel(EnglishModels.lemmas());

  /**
   * The lemmas of a tagged text.
   *
   * @param tokens all tokens of a text, as {@link Tagger#tag} returns them
   * @return a lemma in lower case for each token, never empty
   */
  public List<String> lemmas(List<TaggedToken> tokens) {
    int[] outcomes =
        BeamSearch.best(
            tokens.size(),
            (index, before) -> model.candidates(tokens.get(index), before.outcome()));
    List<String> lemmas = new ArrayList<>(outcomes.length);
    for (int i = 0; i < outcomes.length; i++) {
      String lower = tokens.get(i).text().toLowerCase(Locale.ROOT);
      String lemma = StringUtil.decodeShortestEditScript(lower, model.edit(outcomes[i]));
      lemmas.add(lemma.isEmpty() ? "_" : lemma);
    }
    return Collections.unmodifiableList(lemmas);
  }
}
