package dev.darkroom.recaption.nouns;

/**
 * Finds the tags of a text as OpenNLP's tagger does.
 *
 * <p>OpenNLP searches with a beam. But the features of its English model are cached by the token's
 * position alone, so that all sequences of the beam are extended by what the best of them sees. The
 * best one then stays the best, and is found by taking the likeliest tag of each token, unless two
 * tags are so close that rounding could turn them: the probabilities of sequences are sums of
 * rounded logarithms, and equal ones leave the heap in an order of its own. Such texts, and very
 * long ones, in which more rounding adds up, go through {@link BeamSearch}.
 */
final class TagDecoder {
  /**
   * The best tag must lead the second one by so much in the logarithm. Sums stay above -100,000 in
   * texts of {@link #LONG}, so each addition rounds by less than 1e-11, and all by less than half
   * of this.
   */
  private static final double CLEAR = 1e-6;

  /** Fewer tokens than 100,000 / log(38): the best sequence stays in the beam. */
  private static final int LONG = 25_000;

  /** The exponential of what is smaller than this neither overflows nor vanishes. */
  private static final double ORDINARY = 600;

  private final TagModel model;

  TagDecoder(TagModel model) {
    this.model = model;
  }

  /** The outcomes of the first words of an array. */
  int[] decode(Word[] words, int length) {
    int[] outcomes = new int[length];
    if (length < LONG && isClear(words, length, outcomes)) {
      return outcomes;
    }
    return search(words, length);
  }

  private boolean isClear(Word[] words, int length, int[] outcomes) {
    double[] sums = new double[model.size()];
    int previous = -1;
    int beforePrevious = -1;
    for (int i = 0; i < length; i++) {
      model.sum(words, length, i, previous, beforePrevious, sums);
      int best = 0;
      double second = Double.NEGATIVE_INFINITY;
      for (int j = 1; j < sums.length; j++) {
        if (sums[j] > sums[best]) {
          second = sums[best];
          best = j;
        } else if (sums[j] > second) {
          second = sums[j];
        }
      }
      if (!(sums[best] - second > CLEAR && Math.abs(sums[best]) < ORDINARY)) {
        return false;
      }
      outcomes[i] = best;
      beforePrevious = previous;
      previous = best;
    }
    return true;
  }

  /** The same by the beam search that OpenNLP does, whatever the margins. */
  int[] search(Word[] words, int length) {
    return BeamSearch.best(length, new CachedSteps(words, length));
  }

  /** Candidates by position alone, as the model's generators are cached. */
  private final class CachedSteps implements BeamSearch.Steps {
    private final Word[] words;
    private final int length;
    private int index = -1;
    private Candidates candidates;

    CachedSteps(Word[] words, int length) {
      this.words = words;
      this.length = length;
    }

    @Override
    public Candidates candidates(int asked, BeamSearch.Path before) {
      if (asked != index) {
        double[] sums = new double[model.size()];
        model.sum(words, length, asked, before.outcome(), before.outcomeBefore(), sums);
        candidates = Candidates.of(sums, BeamSearch.SIZE);
        index = asked;
      }
      return candidates;
    }
  }
}
