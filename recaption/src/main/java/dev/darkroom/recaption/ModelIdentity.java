package dev.darkroom.recaption;

import java.util.Objects;

/**
 * Which model answers: part of the key that tells whether a caption is there already.
 *
 * @param id the name people know it by, such as {@code llava-hf/llava-1.5-7b-hf}
 * @param hash the SHA-256 of its files in hexadecimal; of an endpoint, whose files nobody sees, the
 *     hash of what it says about the model
 */
public record ModelIdentity(String id, String hash) {
  /** Refuses missing parts. */
  public ModelIdentity {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(hash, "hash");
  }
}
