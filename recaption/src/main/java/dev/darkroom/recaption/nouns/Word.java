package dev.darkroom.recaption.nouns;

/**
 * A token with all that the tagger's model says of it wherever it stands.
 *
 * @param text the token
 * @param start by outcome: the prior and the weights of the token's own features that OpenNLP adds
 *     first, summed in its order
 * @param near its weights for tokens nearby
 * @param kind the weights of its class of chars
 * @param kindOfWord the weights of its class together with itself
 * @param tagged the token with each tag that it has been given, by outcome; filled as they come
 */
record Word(
    String text,
    double[] start,
    Neighbour near,
    Weights kind,
    Weights kindOfWord,
    TaggedToken[] tagged)
    implements TextMemo.Entry {
  /** The token with a tag. Threads may make the same one twice, which does no harm. */
  TaggedToken tagged(int outcome, String tag) {
    TaggedToken known = tagged[outcome];
    if (known == null) {
      known = new TaggedToken(text, tag);
      tagged[outcome] = known;
    }
    return known;
  }

  /**
   * What a word in lower case tells of tokens nearby.
   *
   * @param onNext weights for the token after it
   * @param onSecondNext weights for the one after that
   * @param onPrevious weights for the token before it
   * @param onSecondPrevious weights for the one before that
   */
  record Neighbour(
      Weights onNext, Weights onSecondNext, Weights onPrevious, Weights onSecondPrevious) {
    static final Neighbour UNKNOWN =
        new Neighbour(Weights.NONE, Weights.NONE, Weights.NONE, Weights.NONE);
  }
}
