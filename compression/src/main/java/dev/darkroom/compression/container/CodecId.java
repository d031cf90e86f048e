package dev.darkroom.compression.container;

import dev.darkroom.compression.Profile;
import java.util.Locale;
import java.util.Optional;

/** The coders that a container may name for its streams. */
public enum CodecId {
  /** Prediction and adaptive contexts without a trained model: works for every image. */
  PLAIN(0),
  /** The coder of {@link Profile#FAST}. */
  FAST(1),
  /** The coder of {@link Profile#FLOW}. */
  FLOW(2);

  private final int code;

  CodecId(int code) {
    this.code = code;
  }

  /** The number that stands for this coder in a container, 0 to 127. */
  public int code() {
    return code;
  }

  /** The name used in tables and messages: {@code plain}, {@code fast} or {@code flow}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The coder that a profile prefers. */
  public static CodecId of(Profile profile) {
    return switch (profile) {
      case FAST -> FAST;
      case FLOW -> FLOW;
    };
  }

  /** The coder with a number, or empty where this version knows none. */
  static Optional<CodecId> fromCode(int code) {
    for (CodecId id : values()) {
      if (id.code == code) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }
}
