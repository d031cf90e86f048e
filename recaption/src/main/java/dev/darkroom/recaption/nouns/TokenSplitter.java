package dev.darkroom.recaption.nouns;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import opennlp.tools.ml.model.Context;
import opennlp.tools.ml.model.MaxentModel;
import opennlp.tools.tokenize.TokenizerFactory;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;

/**
 * Cuts what stands between white space into tokens, where OpenNLP's {@link TokenizerME} cuts it.
 *
 * <p>Before every char but the first the model weighs a cut. Features are looked up in tables
 * instead of being spelled out; their weights are added in OpenNLP's order, so the sums are the
 * same doubles. The larger sum has the larger probability unless both are so close that rounding
 * could turn it; then the probabilities are computed as OpenNLP computes them. Time grows with the
 * length of the piece.
 */
final class TokenSplitter {
  /** Far beyond the rounding errors of an exponential and a quotient. */
  private static final double CLEAR = 1e-9;

  /** The exponential of what is smaller than this neither overflows nor vanishes. */
  private static final double ORDINARY = 600;

  private final TokenFeatures features;
  private final double[] weights; // of both outcomes for each row
  private final double prior = StrictMath.log(1.0 / 2);
  private final int cutOutcome;

  /** Refuses models that work otherwise than is known here. */
  TokenSplitter(TokenizerModel model) {
    MaxentModel maxent = model.getMaxentModel();
    if (model.getAbbreviations() != null
        || model.getFactory().getClass() != TokenizerFactory.class
        || model.getFactory().isUseAlphaNumericOptimization()
        || maxent.getNumOutcomes() != 2) {
      throw new IllegalStateException(
          "the tokenizer model has abbreviations, options or outcomes that the fast tokenizer"
              + " lacks; use OpenNlpTagger");
    }
    cutOutcome = maxent.getIndex(TokenizerME.SPLIT);
    Map<String, Integer> rows = new HashMap<>();
    Map<String, Context> contexts = Weights.features(maxent);
    weights = new double[2 * (contexts.size() + 1)];
    contexts.forEach(
        (name, context) -> {
          int row = rows.size() + 1;
          rows.put(name, row);
          for (int i = 0; i < context.getOutcomes().length; i++) {
            weights[2 * row + context.getOutcomes()[i]] = context.getParameters()[i];
          }
        });
    features = new TokenFeatures(rows);
  }

  /**
   * Cuts a piece of a text.
   *
   * @param from where the piece begins
   * @param to where it ends, after {@code from}
   * @return where its tokens end, in {@code text}; the last one is {@code to}
   */
  int[] ends(String text, int from, int to) {
    int[] ends = new int[8];
    int count = 0;
    int[] before = features.before(text, from, to);
    int[] after = features.after(text, from, to);
    int[] rows = new int[TokenFeatures.MOST];
    for (int cut = from + 1; cut < to; cut++) {
      rows[0] = before[cut - from];
      rows[1] = after[cut - from];
      if (isCut(rows, features.append(text, from, cut, to, rows, 2))) {
        if (count + 1 == ends.length) {
          ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        ends[count++] = cut;
      }
    }
    ends[count++] = to;
    return Arrays.copyOf(ends, count);
  }

  private boolean isCut(int[] rows, int count) {
    double first = prior;
    double second = prior;
    for (int i = 0; i < count; i++) {
      first += weights[2 * rows[i]];
      second += weights[2 * rows[i] + 1];
    }
    int best;
    if (Math.abs(second - first) > CLEAR
        && Math.abs(first) < ORDINARY
        && Math.abs(second) < ORDINARY) {
      best = first < second ? 1 : 0;
    } else {
      double[] probabilities = Candidates.probabilities(new double[] {first, second});
      best = probabilities[0] < probabilities[1] ? 1 : 0;
    }
    return best == cutOutcome;
  }
}
