package dev.darkroom.recaption.nouns;

/**
 * A token with all that the tagger's model says of it wherever it stands. The weights lie side by
 * side in one array, because fetching them from memory takes longer than adding them.
 */
final class Word implements TextMemo.Entry {
  private final String text;
  private final double[] values;
  private final int size;
  private final int nextEnd;
  private final int secondNextEnd;
  private final int previousEnd;
  private final int secondPreviousEnd;
  private final Weights kind;
  private final TaggedToken[] tagged;

  /**
   * Takes a token and its weights.
   *
   * @param start by outcome: the prior and the weights of the token's own features that OpenNLP
   *     adds first, summed in its order
   * @param near its weights for tokens nearby
   * @param kind the weights of its class of chars
   * @param kindOfWord the weights of its class together with itself
   */
  Word(String text, double[] start, Neighbour near, Weights kind, Weights kindOfWord) {
    this.text = text;
    this.kind = kind;
    size = start.length;
    nextEnd = size + near.onNext().size();
    secondNextEnd = nextEnd + near.onSecondNext().size();
    previousEnd = secondNextEnd + near.onPrevious().size();
    secondPreviousEnd = previousEnd + near.onSecondPrevious().size();
    values = new double[secondPreviousEnd + kindOfWord.size()];
    System.arraycopy(start, 0, values, 0, size);
    near.onNext().copyTo(values, size);
    near.onSecondNext().copyTo(values, nextEnd);
    near.onPrevious().copyTo(values, secondNextEnd);
    near.onSecondPrevious().copyTo(values, previousEnd);
    kindOfWord.copyTo(values, secondPreviousEnd);
    tagged = new TaggedToken[size];
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

  @Override
  public String text() {
    return text;
  }

  /** The token with a tag. Threads may make the same one twice, which does no harm. */
  TaggedToken tagged(int outcome, String tag) {
    TaggedToken known = tagged[outcome];
    if (known == null) {
      known = new TaggedToken(text, tag);
      tagged[outcome] = known;
    }
    return known;
  }

  void startTo(double[] sums) {
    System.arraycopy(values, 0, sums, 0, size);
  }

  void addToNext(double[] sums) {
    add(size, nextEnd, sums);
  }

  void addToSecondNext(double[] sums) {
    add(nextEnd, secondNextEnd, sums);
  }

  void addToPrevious(double[] sums) {
    add(secondNextEnd, previousEnd, sums);
  }

  void addToSecondPrevious(double[] sums) {
    add(previousEnd, secondPreviousEnd, sums);
  }

  void addKindTo(double[] sums) {
    kind.addTo(sums);
    add(secondPreviousEnd, values.length, sums);
  }

  private void add(int from, int to, double[] sums) {
    for (int i = from; i < to; i++) {
      sums[i - from] += values[i];
    }
  }
}
