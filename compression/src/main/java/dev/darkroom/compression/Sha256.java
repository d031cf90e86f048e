package dev.darkroom.compression;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest: an immutable value of {@value #BYTES} bytes, printed as lower-case hex. */
public final class Sha256 {
  /** The length of a digest, in bytes. */
  public static final int BYTES = 32;

  private static final int BUFFER = 1 << 16;

  private final byte[] digest;

  private Sha256(byte[] digest) {
    this.digest = digest;
  }

  /** The digest of the given content. */
  public static Sha256 of(byte[] content) {
    return new Sha256(newDigest().digest(content));
  }

  /**
   * The digest of what a stream gives until it ends, of any length. The stream is not closed.
   *
   * @throws IOException as the stream does
   */
  public static Sha256 of(InputStream content) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[BUFFER];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return new Sha256(digest.digest());
  }

  /**
   * The digest of an image: its width and height (4 bytes each, big endian), its channels and bit
   * depth (1 byte each), then its samples. Two images have the same digest exactly where they are
   * equal.
   */
  public static Sha256 ofPixels(RasterImage image) {
    MessageDigest digest = newDigest();
    digest.update(bigEndian(image.width()));
    digest.update(bigEndian(image.height()));
    digest.update((byte) image.channels());
    digest.update((byte) image.bitDepth());
    digest.update(image.samples());
    return new Sha256(digest.digest());
  }

  /**
   * A digest from its bytes, which are copied.
   *
   * @throws IllegalArgumentException where there are not exactly {@value #BYTES}
   */
  public static Sha256 fromBytes(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException(
          "a SHA-256 digest has " + BYTES + " bytes, not " + digest.length);
    }
    return new Sha256(digest.clone());
  }

  /**
   * A digest from its 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException where the text is anything else
   */
  public static Sha256 fromHex(String hex) {
    return fromBytes(HexFormat.of().parseHex(hex));
  }

  /** A copy of the {@value #BYTES} bytes. */
  public byte[] toBytes() {
    return digest.clone();
  }

  /** The 64 lower-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(digest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sha256 that && Arrays.equals(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return toHex();
  }

  private static byte[] bigEndian(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must provide SHA-256", e);
    }
  }
}
