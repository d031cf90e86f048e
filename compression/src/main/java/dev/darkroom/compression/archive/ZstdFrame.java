package dev.darkroom.compression.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import java.nio.ByteBuffer;

/** One zstd frame that says how long its content is. */
final class ZstdFrame {
  private static final int LEVEL = 9;

  private ZstdFrame() {}

  static byte[] compress(byte[] content) {
    return Zstd.compress(content, LEVEL);
  }

  /** The content of the frame that takes the rest of a buffer. */
  static byte[] decompressRest(ByteBuffer in) throws CodecException {
    byte[] frame = new byte[in.remaining()];
    in.get(frame);
    return decompress(frame, Integer.MAX_VALUE);
  }

  /**
   * The content of a frame.
   *
   * @param maxBytes the most that the content may have, checked before memory is taken
   */
  static byte[] decompress(byte[] frame, long maxBytes) throws CodecException {
    long length = Zstd.getFrameContentSize(frame);
    if (length < 0) {
      throw new CodecException(
          Kind.CORRUPT, "the payload is no zstd frame; restore it from another copy");
    }
    if (length > maxBytes || length > Integer.MAX_VALUE - 16) {
      throw new CodecException(
          Kind.LIMIT_EXCEEDED,
          "the payload holds %d bytes, over the limit of %d; raise the limit on bytes"
              .formatted(length, maxBytes));
    }
    try {
      return Zstd.decompress(frame, (int) length);
    } catch (ZstdException e) {
      throw new CodecException(
          Kind.CORRUPT, "the payload's zstd frame is damaged; restore it from another copy", e);
    }
  }
}
