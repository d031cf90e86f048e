package dev.darkroom.recaption.nouns;

import dev.darkroom.models.Sha256;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import opennlp.tools.ml.BeamSearch;
import opennlp.tools.ml.model.Context;
import opennlp.tools.ml.model.MaxentModel;
import opennlp.tools.postag.POSModel;

/**
 * The weights of OpenNLP's tagger in tables.
 *
 * <p>Features, their names and the order in which their weights are added are those of the model's
 * feature generators: the prior, suffixes, prefixes, the word and its neighbours, the beginning of
 * the text, the class of chars, the tags before. Sums are the same doubles as OpenNLP's.
 */
final class TagModel {
  /** The description of the feature generators that are written out here. */
  private static final String GENERATORS =
      "d6737d09cec55717e2e10e70be03c5a15a1708d1b35b3017390862e784c40c3a";

  private static final String[] KINDS = {
    "jah", "jak", "lc", "2d", "4d", "an", "dd", "ds", "dc", "dp", "num", "sc", "ac", "cp", "ic",
    "other"
  };

  private final String[] outcomes;
  private final double[] prior;
  private final Affixes affixes;
  private final Map<String, Weights> words = new HashMap<>();
  private final Map<String, Word.Neighbour> neighbours = new HashMap<>();
  private final Map<String, Weights> kinds = new HashMap<>();
  private final Map<String, Map<String, Weights>> kindsOfWords = new HashMap<>();
  private final Weights[] fromBeginning;
  private final Weights[] tag;
  private final Weights[][] tags;

  /** Refuses models that work otherwise than is known here. */
  TagModel(POSModel model) {
    byte[] generators = model.getArtifact("generator.featuregen");
    if (generators == null
        || !Sha256.of(generators).equals(GENERATORS)
        || model.getFactory().getTagDictionary() != null
        || !Integer.toString(dev.darkroom.recaption.nouns.BeamSearch.SIZE)
            .equals(model.getManifestProperty(BeamSearch.BEAM_SIZE_PARAMETER))) {
      throw new IllegalStateException(
          "the tagger's model has features, a dictionary or a beam that the fast tagger lacks; use"
              + " OpenNlpTagger");
    }
    MaxentModel maxent = model.getArtifact("pos.model");
    Map<String, Context> features = Weights.features(maxent);
    outcomes = new String[maxent.getNumOutcomes()];
    Arrays.setAll(outcomes, maxent::getOutcome);
    prior = new double[outcomes.length];
    Arrays.fill(prior, StrictMath.log(1.0 / outcomes.length));
    Weights.of(features, "def").addTo(prior);
    affixes = new Affixes(features);
    readWords(features);
    fromBeginning =
        new Weights[] {
          Weights.of(features, "S=begin"),
          Weights.of(features, "p1S=begin"),
          Weights.of(features, "p2S=begin")
        };
    tag = new Weights[outcomes.length];
    tags = new Weights[outcomes.length][outcomes.length];
    for (int i = 0; i < outcomes.length; i++) {
      tag[i] = Weights.of(features, "t=" + outcomes[i]);
      for (int j = 0; j < outcomes.length; j++) {
        tags[i][j] = Weights.of(features, "t2=" + outcomes[i] + "," + outcomes[j]);
      }
    }
  }

  private void readWords(Map<String, Context> features) {
    for (String kind : KINDS) {
      kinds.put(kind, Weights.of(features, "wc=" + kind));
      kindsOfWords.put(kind, new HashMap<>());
    }
    features.forEach(
        (name, context) -> {
          int equals = name.indexOf('=');
          String rest = name.substring(equals + 1);
          switch (name.substring(0, Math.max(0, equals))) {
            case "w" -> words.put(rest, Weights.of(context));
            case "p1w", "p2w", "n1w", "n2w" ->
                neighbours.computeIfAbsent(
                    rest,
                    word ->
                        new Word.Neighbour(
                            Weights.of(features, "p1w=" + word),
                            Weights.of(features, "p2w=" + word),
                            Weights.of(features, "n1w=" + word),
                            Weights.of(features, "n2w=" + word)));
            case "w&c" -> {
              int comma = rest.lastIndexOf(',');
              kindsOfWords
                  .get(rest.substring(comma + 1))
                  .put(rest.substring(0, comma), Weights.of(context));
            }
            default -> {}
          }
        });
  }

  /** How many outcomes there are. */
  int size() {
    return outcomes.length;
  }

  /** The tag of an outcome. */
  String tag(int outcome) {
    return outcomes[outcome];
  }

  /** Looks up all that the model knows of a token. */
  Word word(String token) {
    double[] start = prior.clone();
    affixes.addSuffixes(token, start);
    affixes.addPrefixes(token, start);
    String lower = WordClass.lower(token);
    words.getOrDefault(lower, Weights.NONE).addTo(start);
    String kind = WordClass.of(token);
    return new Word(
        token,
        start,
        neighbours.getOrDefault(lower, Word.Neighbour.UNKNOWN),
        kinds.get(kind),
        kindsOfWords.get(kind).getOrDefault(lower, Weights.NONE));
  }

  /**
   * The sums of weights of a token's outcomes.
   *
   * @param words a text
   * @param length how many words it has
   * @param index of the token
   * @param previous the outcome of the token before it, -1 if there is none
   * @param beforePrevious the outcome of the one before that, -1 if there is none
   * @param sums what is overwritten with the result
   */
  void sum(Word[] words, int length, int index, int previous, int beforePrevious, double[] sums) {
    Word word = words[index];
    word.startTo(sums);
    if (index >= 1) {
      words[index - 1].addToNext(sums);
    }
    if (index >= 2) {
      words[index - 2].addToSecondNext(sums);
    }
    if (index + 1 < length) {
      words[index + 1].addToPrevious(sums);
    }
    if (index + 2 < length) {
      words[index + 2].addToSecondPrevious(sums);
    }
    if (index < fromBeginning.length) {
      fromBeginning[index].addTo(sums);
    }
    word.addKindTo(sums);
    if (previous >= 0) {
      tag[previous].addTo(sums);
    }
    if (beforePrevious >= 0) {
      tags[beforePrevious][previous].addTo(sums);
    }
  }
}
