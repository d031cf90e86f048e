package dev.darkroom.compression.archive;

import dev.darkroom.compression.image.tiff.PackBits;
import dev.darkroom.compression.image.tiff.TiffCompression;
import dev.darkroom.compression.image.tiff.TiffLzw;
import dev.darkroom.compression.image.tiff.TiffSegment;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a segment of a TIFF file was compressed, so that its bytes can be made again.
 *
 * <pre>
 * kind      1   0 left to the rest of the file, 1 by the compression alone, 2 deflate, 3 LZW
 *   kind 2: zlib settings 4, see {@link ZlibSettings}
 *   kind 3: ending 1 (0 end code, 1 end code as narrow as the last code, 2 none), run count 4,
 *           codes of each run 4 each: of all between emptyings of the table but the last
 * </pre>
 *
 * @param kind the first byte
 * @param zlib of kind 2 the settings, else null
 * @param lzw of kind 3 the form of its codes, else null
 */
record SegmentPacking(int kind, ZlibSettings zlib, TiffLzw.Form lzw) {
  /** The segment is not made again. */
  static final SegmentPacking LEFT = new SegmentPacking(0, null, null);

  /** The compression has no settings. */
  static final SegmentPacking OPEN = new SegmentPacking(1, null, null);

  private static final int OF_DEFLATE = 2;
  private static final int OF_LZW = 3;

  /**
   * How a segment's bytes are made of its content, or empty where no way is known.
   *
   * @param stream the segment's bytes in the file
   * @param rowBytes bytes of a row that is not compressed
   * @param likely what to try first
   */
  static Optional<SegmentPacking> find(
      TiffSegment segment,
      byte[] stream,
      TiffCompression compression,
      int rowBytes,
      SegmentPacking likely) {
    if (compression == TiffCompression.DEFLATE) {
      return ZlibSettings.find(segment.content(), stream, Optional.ofNullable(likely.zlib()))
          .map(settings -> new SegmentPacking(OF_DEFLATE, settings, null));
    }
    SegmentPacking packing =
        compression == TiffCompression.LZW ? new SegmentPacking(OF_LZW, null, segment.lzw()) : OPEN;
    boolean same = Arrays.equals(stream, packing.pack(segment.content(), compression, rowBytes));
    return same ? Optional.of(packing) : Optional.empty();
  }

  /** Makes a segment's bytes of its content. */
  byte[] pack(byte[] content, TiffCompression compression, int rowBytes) {
    return switch (kind) {
      case OF_DEFLATE -> zlib.compress(content);
      case OF_LZW -> TiffLzw.encode(content, lzw);
      case 1 -> compression == TiffCompression.NONE ? content : PackBits.encode(content, rowBytes);
      default -> new byte[0];
    };
  }

  static SegmentPacking readFrom(ByteBuffer in) {
    int kind = in.get();
    return switch (kind) {
      case 0 -> LEFT;
      case 1 -> OPEN;
      case OF_DEFLATE -> new SegmentPacking(kind, ZlibSettings.readFrom(in), null);
      case OF_LZW -> {
        TiffLzw.Ending ending = TiffLzw.Ending.fromCode(in.get());
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / 4) {
          throw new IllegalArgumentException("a recipe is cut short");
        }
        List<Integer> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          runs.add(in.getInt());
        }
        yield new SegmentPacking(kind, null, new TiffLzw.Form(runs, ending));
      }
      default -> throw new IllegalArgumentException("a segment is packed in an unknown way");
    };
  }

  void writeTo(ByteArrayOutputStream out) {
    out.write(kind);
    if (kind == OF_DEFLATE) {
      zlib.writeTo(out);
    } else if (kind == OF_LZW) {
      out.write(lzw.ending().code());
      out.writeBytes(ByteBuffer.allocate(4).putInt(lzw.runs().size()).array());
      lzw.runs().forEach(run -> out.writeBytes(ByteBuffer.allocate(4).putInt(run).array()));
    }
  }
}
