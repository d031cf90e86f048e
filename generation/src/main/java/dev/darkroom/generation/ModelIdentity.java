package dev.darkroom.generation;

import java.util.Objects;

/**
 * Which model draws: part of the key that tells whether an image is there already.
 *
 * @param id the name people know it by, such as {@code PixArt-alpha/PixArt-XL-2-512x512}
 * @param hash the SHA-256, in hexadecimal, of lines {@code <SHA-256 in hexadecimal> <path>\n},
 *     sorted by path, of its files; where the folder has a sorted {@code SHA256SUMS}, that of this
 *     file
 */
public record ModelIdentity(String id, String hash) {
  /** Refuses missing parts. */
  public ModelIdentity {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(hash, "hash");
  }
}
