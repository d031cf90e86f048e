package dev.darkroom.recaption.nouns;

import java.util.Map;
import opennlp.tools.ml.maxent.GISModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.ml.model.MaxentModel;

/**
 * What one feature adds to the scores of outcomes.
 *
 * @param outcomes which outcomes it bears on
 * @param values what it adds to each of them
 */
record Weights(int[] outcomes, double[] values) {
  /** Adds nothing, as a feature that the model does not know. */
  static final Weights NONE = new Weights(new int[0], new double[0]);

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
    return new Weights(context.getOutcomes(), context.getParameters());
  }

  void addTo(double[] sums) {
    for (int i = 0; i < outcomes.length; i++) {
      sums[outcomes[i]] += values[i];
    }
  }
}
