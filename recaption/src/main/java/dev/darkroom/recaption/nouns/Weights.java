package dev.darkroom.recaption.nouns;

import java.util.Arrays;
import java.util.Map;
import opennlp.tools.ml.maxent.GISModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.ml.model.MaxentModel;

/**
 * What one feature adds to the scores of outcomes.
 *
 * @param values what it adds to each outcome from the first one to the last one that it bears on;
 *     zero for outcomes between that it does not bear on, which leaves their sums the same doubles
 */
record Weights(double[] values) {
  /** Adds nothing, as a feature that the model does not know. */
  static final Weights NONE = new Weights(new double[0]);

  /**
   * The features of a model by name.
   *
   * @throws IllegalStateException if the model is not a maximum-entropy model as OpenNLP trains
   *     them
   */
  @SuppressWarnings("unchecked") // GISModel documents the types of its data structures
  static Map<String, Context> features(MaxentModel model) {
    if (!(model instanceof GISModel maxent)) {
      throw new IllegalStateException(
          "a maximum-entropy model (GIS) is needed, and this is " + model.getClass().getName());
    }
    return (Map<String, Context>) maxent.getDataStructures()[1];
  }

  static Weights of(Map<String, Context> features, String name) {
    Context context = features.get(name);
    return context == null ? NONE : of(context);
  }

  static Weights of(Context context) {
    int[] outcomes = context.getOutcomes();
    double[] values = new double[Arrays.stream(outcomes).max().orElse(-1) + 1];
    for (int i = 0; i < outcomes.length; i++) {
      values[outcomes[i]] = context.getParameters()[i];
    }
    return new Weights(values);
  }

  int size() {
    return values.length;
  }

  void copyTo(double[] target, int from) {
    System.arraycopy(values, 0, target, from, values.length);
  }

  void addTo(double[] sums) {
    for (int i = 0; i < values.length; i++) {
      sums[i] += values[i];
    }
  }
}
