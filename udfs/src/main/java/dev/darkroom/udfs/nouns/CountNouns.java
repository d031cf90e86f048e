package dev.darkroom.udfs.nouns;

import dev.darkroom.recaption.nouns.CaptionCensusFormat;
import dev.darkroom.recaption.nouns.WordFinder;
import dev.darkroom.recaption.nouns.WordForm;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;

/**
 * Counts the nouns of captions in one pass: each task holds what is different in its partition, and
 * Spark merges what the tasks have counted. A null is a row without a caption.
 *
 * <p>The result is a census as {@link CaptionCensusFormat} has it, exact whatever the partitions.
 */
public final class CountNouns extends Aggregator<String, CensusBuffer, byte[]> {
  private static final long serialVersionUID = 1L;

  private static final ConcurrentMap<Set<WordForm>, WordFinder> FINDERS = new ConcurrentHashMap<>();

  private final EnumSet<WordForm> forms;

  private CountNouns(Set<WordForm> forms) {
    this.forms = EnumSet.copyOf(forms);
  }

  /**
   * The aggregate, for a column of captions.
   *
   * @param forms what is counted, one form or more
   */
  public static UserDefinedFunction of(Set<WordForm> forms) {
    return functions.udaf(new CountNouns(forms), Encoders.STRING());
  }

  @Override
  public CensusBuffer zero() {
    return new CensusBuffer(forms);
  }

  @Override
  public CensusBuffer reduce(CensusBuffer buffer, String caption) {
    if (caption == null) {
      buffer.census().addMissing();
    } else {
      buffer.census().add(caption, FINDERS.computeIfAbsent(Set.copyOf(forms), WordFinder::new));
    }
    return buffer;
  }

  @Override
  public CensusBuffer merge(CensusBuffer one, CensusBuffer other) {
    one.census().merge(other.census());
    return one;
  }

  @Override
  public byte[] finish(CensusBuffer buffer) {
    return CaptionCensusFormat.write(buffer.census());
  }

  @Override
  public Encoder<CensusBuffer> bufferEncoder() {
    return Encoders.javaSerialization(CensusBuffer.class);
  }

  @Override
  public Encoder<byte[]> outputEncoder() {
    return Encoders.BINARY();
  }
}
