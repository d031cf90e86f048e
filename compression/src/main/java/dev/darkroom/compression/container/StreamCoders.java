package dev.darkroom.compression.container;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The coders that a program has at hand, at most one for each id. Immutable. */
public final class StreamCoders {
  private final Map<CodecId, StreamCoder> coders;

  private StreamCoders(Map<CodecId, StreamCoder> coders) {
    this.coders = coders;
  }

  /**
   * A set of coders.
   *
   * @throws IllegalArgumentException where two have one id, or none is {@link CodecId#PLAIN}, which
   *     every writer falls back on
   */
  public static StreamCoders of(List<StreamCoder> coders) {
    Map<CodecId, StreamCoder> byId = new EnumMap<>(CodecId.class);
    for (StreamCoder coder : coders) {
      if (byId.put(coder.id(), coder) != null) {
        throw new IllegalArgumentException("two coders have the id " + coder.id());
      }
    }
    if (!byId.containsKey(CodecId.PLAIN)) {
      throw new IllegalArgumentException("the coder PLAIN must be among the coders");
    }
    return new StreamCoders(byId);
  }

  /** The coder with an id, or empty where it is not at hand. */
  public Optional<StreamCoder> find(CodecId id) {
    return Optional.ofNullable(coders.get(id));
  }

  /** The coder that codes every image. */
  public StreamCoder plain() {
    return coders.get(CodecId.PLAIN);
  }
}
