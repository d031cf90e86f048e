package dev.darkroom.udfs.nouns;

import dev.darkroom.recaption.nouns.NounTagger;
import dev.darkroom.recaption.privacy.FrequencyOracle;
import dev.darkroom.recaption.privacy.ModularSubsetSelection;
import dev.darkroom.recaption.privacy.PrivateCounts;
import dev.darkroom.recaption.privacy.Scheme;
import dev.darkroom.recaption.privacy.UserRandom;
import java.util.random.RandomGenerator;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;

/**
 * Counts the nouns of captions that may not be known: of each caption one noun is drawn, and of
 * that a report is made by {@link ModularSubsetSelection}, which whatever the noun is at most
 * e^epsilon times as probable as with any other. Only reports are added up and leave the task.
 *
 * <p>The result is {@link PrivateCounts} as bytes. Rows without a caption make no report.
 */
public final class CountNounsPrivately extends Aggregator<String, PrivateBuffer, byte[]> {
  private static final long serialVersionUID = 1L;

  private static final NounTagger TAGGER = new NounTagger();
  private static final RandomGenerator RANDOM = UserRandom.secure();

  private final Vocabulary vocabulary;
  private final double epsilon;
  private transient FrequencyOracle oracle;

  private CountNounsPrivately(Vocabulary vocabulary, double epsilon) {
    this.vocabulary = vocabulary;
    this.epsilon = epsilon;
  }

  /**
   * The aggregate, for a column of captions.
   *
   * @param vocabulary the nouns that are counted
   * @param epsilon the privacy that each caption spends, 1e-6 to 20
   */
  public static UserDefinedFunction of(Vocabulary vocabulary, double epsilon) {
    return functions.udaf(new CountNounsPrivately(vocabulary, epsilon), Encoders.STRING());
  }

  /** What tasks and reader agree on. */
  public static FrequencyOracle oracle(Vocabulary vocabulary, double epsilon) {
    return ModularSubsetSelection.of(vocabulary.universe(), epsilon);
  }

  private synchronized FrequencyOracle oracle() {
    if (oracle == null) {
      oracle = oracle(vocabulary, epsilon);
    }
    return oracle;
  }

  @Override
  public PrivateBuffer zero() {
    return new PrivateBuffer();
  }

  @Override
  public PrivateBuffer reduce(PrivateBuffer buffer, String caption) {
    if (caption != null) {
      int noun = vocabulary.draw(TAGGER.nouns(caption), RANDOM);
      countsOf(buffer).add(oracle().report(noun, RANDOM));
    }
    return buffer;
  }

  @Override
  public PrivateBuffer merge(PrivateBuffer one, PrivateBuffer other) {
    other.counts().ifPresent(counts -> countsOf(one).merge(counts));
    return one;
  }

  @Override
  public byte[] finish(PrivateBuffer buffer) {
    return countsOf(buffer).toBytes();
  }

  private PrivateCounts countsOf(PrivateBuffer buffer) {
    return buffer
        .counts()
        .orElseGet(
            () -> {
              Scheme scheme = oracle().scheme();
              PrivateCounts made = new PrivateCounts(scheme);
              buffer.set(made);
              return made;
            });
  }

  @Override
  public Encoder<PrivateBuffer> bufferEncoder() {
    return Encoders.javaSerialization(PrivateBuffer.class);
  }

  @Override
  public Encoder<byte[]> outputEncoder() {
    return Encoders.BINARY();
  }
}
