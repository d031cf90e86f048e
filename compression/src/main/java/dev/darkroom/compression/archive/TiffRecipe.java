package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.tiff.TiffCompression;
import dev.darkroom.compression.image.tiff.TiffGeometry;
import dev.darkroom.compression.image.tiff.TiffLayout;
import dev.darkroom.compression.image.tiff.TiffPredictor;
import dev.darkroom.compression.image.tiff.TiffSegment;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * For TIFF files: how the samples of the first raster lie in strips or tiles, how each of these was
 * compressed, and a patch for everything else.
 *
 * <pre>
 * file length        4
 * form               1   bit 0: 16-bit samples are little endian; 1: white is zero; 2: planes;
 *                        3: tiles; 4: samples are differences to the pixel on the left
 * bits per sample    1   1, 2, 4, 8 or 16
 * samples per pixel  1
 * compression        1   0 none, 1 deflate, 2 LZW, 3 PackBits
 * segment width      4
 * segment height     4
 * segments length    4
 * segments           n   zstd frame, for each segment in order: offset from the end of the one
 *                        before (4, signed), then see {@link SegmentPacking}
 * padding length     4   0 where there is none
 * padding            n   zstd frame: the segments, not compressed and without differences, XOR
 *                        what the pixels call for; where the compression is none, there is none
 * rest               to the end   zstd frame: the file XOR the segments where they belong in zeros
 * </pre>
 *
 * <p>All numbers are big endian. A segment that no known settings make is left to the rest.
 */
final class TiffRecipe implements WritableRecipe {
  private static final int LITTLE_ENDIAN = 1;
  private static final int WHITE_IS_ZERO = 2;
  private static final int PLANES = 4;
  private static final int TILES = 8;
  private static final int PREDICTOR = 16;
  private static final int FIXED_BYTES = 16;

  /** After so many segments that nothing known makes, the file's writer is taken for unknown. */
  private static final int MOST_FAILURES = 2;

  /** Where a segment begins after the one before, and how it is packed. */
  private record Segment(int gap, SegmentPacking packing) {}

  private final int length;
  private final TiffGeometry geometry;
  private final TiffCompression compression;
  private final boolean predictor;
  private final List<Segment> segments;
  private final byte[] padding;
  private final byte[] rest;

  private TiffRecipe(
      int length,
      TiffGeometry geometry,
      TiffCompression compression,
      boolean predictor,
      List<Segment> segments,
      byte[] padding,
      byte[] rest) {
    this.length = length;
    this.geometry = geometry;
    this.compression = compression;
    this.predictor = predictor;
    this.segments = segments;
    this.padding = padding;
    this.rest = rest;
  }

  /**
   * The recipe of a file, or empty where no known settings compress any of its segments.
   *
   * @param raster the samples of its first directory
   */
  static Optional<TiffRecipe> of(byte[] file, RasterImage raster) {
    try {
      return new Search(file, TiffLayout.of(file)).run(raster);
    } catch (ImageDecodeException e) {
      return Optional.empty();
    }
  }

  /** The way from a file to its recipe. */
  private static final class Search {
    private final byte[] file;
    private final TiffLayout layout;
    private final List<Segment> segments = new ArrayList<>();
    private final ByteArrayOutputStream padding = new ByteArrayOutputStream();
    private final byte[] placed;
    private SegmentPacking likely = SegmentPacking.LEFT;
    private boolean padded;
    private int failures;
    private int end;

    Search(byte[] file, TiffLayout layout) {
      this.file = file;
      this.layout = layout;
      placed = new byte[file.length];
    }

    Optional<TiffRecipe> run(RasterImage raster) throws ImageDecodeException {
      boolean rebuilt = false;
      for (int i = 0; i < layout.offsets().length; i++) {
        byte[] predicted = layout.geometry().toSegment(i, raster.samples());
        if (layout.compression() == TiffCompression.NONE) {
          place(i, SegmentPacking.OPEN, predicted);
        } else {
          pack(i, predicted);
        }
        rebuilt |= !segments.get(i).packing().equals(SegmentPacking.LEFT);
      }
      if (!rebuilt) {
        return Optional.empty();
      }
      return Optional.of(
          new TiffRecipe(
              file.length,
              layout.geometry(),
              layout.compression(),
              layout.predictor(),
              segments,
              padded ? ZstdFrame.compress(padding.toByteArray()) : new byte[0],
              XorPatch.between(file, placed)));
    }

    private void pack(int index, byte[] predicted) throws ImageDecodeException {
      TiffSegment segment = layout.segment(file, index);
      int start = layout.offsets()[index];
      byte[] stream = Arrays.copyOfRange(file, start, start + segment.used());
      int rowBytes = (int) layout.geometry().rowBytes();
      Optional<SegmentPacking> packing =
          failures < MOST_FAILURES
              ? SegmentPacking.find(segment, stream, layout.compression(), rowBytes, likely)
              : Optional.empty();
      if (packing.isEmpty()) {
        failures++;
        place(index, SegmentPacking.LEFT, new byte[0]);
        padding.writeBytes(new byte[predicted.length]);
        return;
      }
      likely = packing.get();
      place(index, packing.get(), stream);
      byte[] content = segment.content();
      if (layout.predictor()) {
        TiffPredictor.sum(layout.geometry(), content);
      }
      for (int i = 0; i < content.length; i++) {
        content[i] ^= predicted[i];
        padded |= content[i] != 0;
      }
      padding.writeBytes(content);
    }

    private void place(int index, SegmentPacking packing, byte[] stream) {
      int start = layout.offsets()[index];
      segments.add(new Segment(start - end, packing));
      end = start + stream.length;
      System.arraycopy(stream, 0, placed, start, stream.length);
    }
  }

  static TiffRecipe readFrom(ByteBuffer in) throws CodecException {
    int length = in.getInt();
    int form = in.get();
    int bits = in.get();
    int samples = in.get();
    TiffCompression compression = TiffCompression.fromCode(in.get());
    int segmentWidth = in.getInt();
    int segmentHeight = in.getInt();
    // the image's own size is known when it is rebuilt; until then one segment stands for it
    TiffGeometry geometry =
        new TiffGeometry(
            (form & LITTLE_ENDIAN) != 0,
            segmentWidth,
            segmentHeight,
            samples,
            bits,
            (form & WHITE_IS_ZERO) != 0,
            (form & PLANES) != 0,
            (form & TILES) != 0,
            segmentWidth,
            segmentHeight);
    ByteBuffer packed =
        ByteBuffer.wrap(ZstdFrame.decompress(ArchiveBlock.read(in), Integer.MAX_VALUE));
    List<Segment> segments = new ArrayList<>();
    while (packed.hasRemaining()) {
      segments.add(new Segment(packed.getInt(), SegmentPacking.readFrom(packed)));
    }
    byte[] padding = ArchiveBlock.read(in);
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return new TiffRecipe(
        length, geometry, compression, (form & PREDICTOR) != 0, segments, padding, rest);
  }

  @Override
  public int kind() {
    return ArchiveBlock.TIFF_RECIPE;
  }

  @Override
  public void writeTo(ByteArrayOutputStream out) {
    int form =
        (geometry.littleEndian() ? LITTLE_ENDIAN : 0)
            | (geometry.inverted() ? WHITE_IS_ZERO : 0)
            | (geometry.planes() ? PLANES : 0)
            | (geometry.tiled() ? TILES : 0)
            | (predictor ? PREDICTOR : 0);
    out.writeBytes(
        ByteBuffer.allocate(FIXED_BYTES)
            .putInt(length)
            .put((byte) form)
            .put((byte) geometry.bits())
            .put((byte) geometry.samples())
            .put((byte) compression.code())
            .putInt(geometry.segmentWidth())
            .putInt(geometry.segmentHeight())
            .array());
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (Segment segment : segments) {
      packed.writeBytes(ByteBuffer.allocate(4).putInt(segment.gap()).array());
      segment.packing().writeTo(packed);
    }
    ArchiveBlock.write(out, ZstdFrame.compress(packed.toByteArray()));
    ArchiveBlock.write(out, padding);
    out.writeBytes(rest);
  }

  @Override
  public byte[] rebuild(RasterImage raster, long maxBytes) throws CodecException {
    if (length < 0 || length > maxBytes) {
      throw new CodecException(
          Kind.LIMIT_EXCEEDED,
          "the file has %d bytes, over the limit of %d; raise the limit on bytes"
              .formatted(length, maxBytes));
    }
    TiffGeometry layout = geometryOf(raster);
    if (layout.segments() != segments.size() || layout.imageBytes() != raster.samples().length) {
      throw doesNotFit();
    }
    byte[] file = new byte[length];
    byte[] patch = padding(layout);
    int patched = 0;
    int end = 0;
    for (int i = 0; i < segments.size(); i++) {
      byte[] content = layout.toSegment(i, raster.samples());
      for (int k = 0; k < content.length && patch.length > 0; k++) {
        content[k] ^= patch[patched++];
      }
      if (predictor) {
        TiffPredictor.difference(layout, content);
      }
      byte[] stream = segments.get(i).packing().pack(content, compression, (int) layout.rowBytes());
      long start = (long) end + segments.get(i).gap();
      if (start < 0 || start + stream.length > length) {
        throw doesNotFit();
      }
      System.arraycopy(stream, 0, file, (int) start, stream.length);
      end = (int) start + stream.length;
    }
    XorPatch.apply(file, rest);
    return file;
  }

  private TiffGeometry geometryOf(RasterImage raster) throws CodecException {
    try {
      return new TiffGeometry(
          geometry.littleEndian(),
          raster.width(),
          raster.height(),
          geometry.samples(),
          geometry.bits(),
          geometry.inverted(),
          geometry.planes(),
          geometry.tiled(),
          geometry.segmentWidth(),
          geometry.segmentHeight());
    } catch (IllegalArgumentException e) {
      throw new CodecException(
          Kind.CORRUPT, "the recipe does not fit the image; restore it from another copy", e);
    }
  }

  private byte[] padding(TiffGeometry layout) throws CodecException {
    if (padding.length == 0) {
      return padding;
    }
    long bytes = 0;
    for (int i = 0; i < segments.size(); i++) {
      bytes += layout.segmentBytes(i);
    }
    byte[] patch = ZstdFrame.decompress(padding, bytes);
    if (patch.length != bytes) {
      throw doesNotFit();
    }
    return patch;
  }

  private static CodecException doesNotFit() {
    return new CodecException(
        Kind.CORRUPT, "the recipe does not fit the image; restore it from another copy");
  }
}
