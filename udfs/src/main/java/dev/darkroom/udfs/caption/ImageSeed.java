package dev.darkroom.udfs.caption;

import dev.darkroom.compression.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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
    byte[] image = imageHash.getBytes(StandardCharsets.UTF_8);
    byte[] question = prompt.getBytes(StandardCharsets.UTF_8);
    byte[] drawnFrom =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + image.length + 1 + question.length)
            .putLong(base)
            .putInt(sample)
            .put(image)
            .put((byte) 0)
            .put(question)
            .array();
    return ByteBuffer.wrap(Sha256.of(drawnFrom).toBytes()).getLong() & MASK;
  }
}
