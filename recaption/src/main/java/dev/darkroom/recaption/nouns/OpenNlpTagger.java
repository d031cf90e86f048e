package dev.darkroom.recaption.nouns;

import java.util.ArrayList;
import java.util.List;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.tokenize.TokenizerME;

/**
 * OpenNLP's maximum-entropy tokenizer and tagger as they come: the reference that {@link
 * NounTagger} is held to. Its time grows with the square of a word's length, and of a text's.
 */
public final class OpenNlpTagger implements Tagger {
  // The models are shared; what applies them keeps state and belongs to one thread.
  private final ThreadLocal<TokenizerME> tokenizer =
      ThreadLocal.withInitial(() -> new TokenizerME(EnglishModels.tokenizer()));
  private final ThreadLocal<POSTaggerME> tagger =
      ThreadLocal.withInitial(() -> new POSTaggerME(EnglishModels.tags()));

  @Override
  public List<TaggedToken> tag(String text) {
    String[] tokens = tokenizer.get().tokenize(text);
    String[] tags = tagger.get().tag(tokens);
    List<TaggedToken> tagged = new ArrayList<>(tokens.length);
    for (int i = 0; i < tokens.length; i++) {
      tagged.add(new TaggedToken(tokens[i], tags[i]));
    }
    return List.copyOf(tagged);
  }
}
