package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Adler32;

/**
 * How a zlib stream (RFC 1950) was made, odd as it may be: with any two bytes before it, the right
 * checksum or none behind it, and whatever follows.
 *
 * <pre>
 * header     2   the stream's first two bytes
 * checksum   1   1 where the content's Adler-32 follows the deflate stream, else 0
 * rest       4   length, then the bytes behind that
 * deflate    n   see {@link DeflateRecipe}
 * </pre>
 */
record ZlibRecipe(int header, DeflateRecipe deflate, boolean checksum, byte[] rest) {
  private static final int HEADER_BYTES = 2;
  private static final int CHECKSUM_BYTES = 4;

  /**
   * The recipe of a stream, or empty where none is known.
   *
   * @param content what its deflate stream holds
   * @param data the stream and what follows
   * @param end the index of the first byte behind the deflate stream
   */
  static Optional<ZlibRecipe> find(byte[] content, byte[] data, int end) {
    int header = (data[0] & 0xFF) << 8 | data[1] & 0xFF;
    byte[] behind = Arrays.copyOfRange(data, end, data.length);
    boolean checksum =
        behind.length >= CHECKSUM_BYTES
            && Arrays.equals(Arrays.copyOf(behind, CHECKSUM_BYTES), checksum(content));
    byte[] rest = checksum ? Arrays.copyOfRange(behind, CHECKSUM_BYTES, behind.length) : behind;
    return DeflateRecipe.find(content, data, HEADER_BYTES, end, header)
        .map(deflate -> new ZlibRecipe(header, deflate, checksum, rest));
  }

  static ZlibRecipe readFrom(ByteBuffer in) throws CodecException {
    int header = in.getShort() & 0xFFFF;
    boolean checksum = in.get() != 0;
    byte[] rest = ArchiveBlock.read(in);
    return new ZlibRecipe(header, DeflateRecipe.readFrom(in), checksum, rest);
  }

  void writeTo(ByteArrayOutputStream out) {
    out.write(header >> 8);
    out.write(header);
    out.write(checksum ? 1 : 0);
    ArchiveBlock.write(out, rest);
    deflate.writeTo(out);
  }

  /** The stream of some content, and what follows it. */
  byte[] compress(byte[] content) throws CodecException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header >> 8);
    out.write(header);
    out.writeBytes(deflate.compress(content));
    if (checksum) {
      out.writeBytes(checksum(content));
    }
    out.writeBytes(rest);
    return out.toByteArray();
  }

  private static byte[] checksum(byte[] content) {
    Adler32 adler = new Adler32();
    adler.update(content);
    return ByteBuffer.allocate(CHECKSUM_BYTES).putInt((int) adler.getValue()).array();
  }
}
