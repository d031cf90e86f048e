package dev.darkroom.udfs.caption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The seeds of an image's random choices: drawn from the image itself, so that they do not depend
 * on where it stands in a table.
 */
public final class ImageSeed {
  /** Every kind of endpoint takes so many bits, and a sign is taken for a fault by some. */
  private static final long MASK = 0x7FFF_FFFFL;

  private ImageSeed() {}

  /**
   * A seed, 0 to 2^31 - 1.
   *
   * @param base what the user chose
   * @param imageHash the image's hash, as text
   * @param prompt what is asked
   * @param sample the number of the sample, from 0
   */
  public static long of(long base, String imageHash, String prompt, int sample) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(12).putLong(base).putInt(sample).array());
      digest.update(imageHash.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return ByteBuffer.wrap(digest.digest(prompt.getBytes(StandardCharsets.UTF_8))).getLong()
          & MASK;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must provide SHA-256", e);
    }
  }
}
