package dev.darkroom.recaption.privacy;

import dev.darkroom.models.Sha256;
import dev.darkroom.models.SplitMix64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Where a user's random numbers come from.
 *
 * <p>Privacy is only as good as they are: who can guess them reads the item from the report. {@link
 * #secure} is for users who guard something. {@link #seeded} lets a simulation, or a job that holds
 * the items anyway, give the same reports each time it runs; it protects against readers of the
 * reports who don't know the seed only as far as SplitMix64 does, which isn't made for that.
 */
public final class UserRandom {
  private UserRandom() {}

  /** Numbers that nobody can guess, of the platform's own generator. Threads may share it. */
  public static RandomGenerator secure() {
    return new SecureRandom();
  }

  /**
   * Numbers that depend on nothing but a seed and a user: {@link SplitMix64} from the first 8
   * bytes, the highest first, of the SHA-256 of the seed's 8 bytes and the user's name in UTF-8.
   */
  public static RandomGenerator seeded(long seed, String user) {
    byte[] name = user.getBytes(StandardCharsets.UTF_8);
    byte[] key = ByteBuffer.allocate(Long.BYTES + name.length).putLong(seed).put(name).array();
    SplitMix64 numbers = new SplitMix64(ByteBuffer.wrap(Sha256.digest(key)).getLong());
    return numbers::nextLong;
  }
}
