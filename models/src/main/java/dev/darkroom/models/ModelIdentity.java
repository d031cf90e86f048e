package dev.darkroom.models;

import java.util.Objects;

/**
 * Which model captions or draws: part of the key that tells whether a result is there already.
 *
 * @param id the name people know it by, such as {@code llava-hf/llava-1.5-7b-hf} or {@code
 *     PixArt-alpha/PixArt-XL-2-512x512}
 * @param hash the hash of its files, as {@link Manifest#hash()} gives it; of an endpoint, whose
 *     files nobody sees, the SHA-256 in hexadecimal of what it says about the model
 */
public record ModelIdentity(String id, String hash) {
  /** Refuses missing parts. */
  public ModelIdentity {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(hash, "hash");
  }
}
