package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.png.PngChunk;
import dev.darkroom.compression.image.png.PngFile;
import dev.darkroom.compression.image.png.PngLines;
import dev.darkroom.compression.image.png.PngSamples;
import dev.darkroom.compression.image.png.PngWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For PNG files of archives that were written when palettes were kept as the colours that they
 * show: everything around the compressed rows, how the rows were filtered, and how they were
 * compressed. Read for ever, and no longer written.
 *
 * <pre>
 * zlib settings   4   see {@link ZlibSettings}
 * IDAT count      4
 * IDAT lengths    4 each
 * head length     4
 * head            n   zstd frame: the file up to the first IDAT
 * tail length     4
 * tail            n   zstd frame: the file after the last IDAT
 * patch length    4
 * patch           n   zstd frame: unfiltered rows with their filter types, XOR the rows that the
 *                     pixels call for with filter types of 0
 * </pre>
 *
 * <p>All numbers are big endian.
 */
final class ExpandedPngRecipe implements FileRecipe {
  private final ZlibSettings settings;
  private final List<Integer> dataLengths;
  private final byte[] head;
  private final byte[] tail;
  private final byte[] patch;

  private ExpandedPngRecipe(
      ZlibSettings settings, List<Integer> dataLengths, byte[] head, byte[] tail, byte[] patch) {
    this.settings = settings;
    this.dataLengths = dataLengths;
    this.head = head;
    this.tail = tail;
    this.patch = patch;
  }

  static ExpandedPngRecipe readFrom(ByteBuffer in) throws CodecException {
    ZlibSettings settings = ZlibSettings.readFrom(in);
    int count = in.getInt();
    if (count < 1 || count > in.remaining() / 4) {
      throw new IllegalArgumentException("a recipe is cut short");
    }
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lengths.add(in.getInt());
    }
    long limit = Integer.MAX_VALUE;
    return new ExpandedPngRecipe(
        settings,
        lengths,
        ZstdFrame.decompress(ArchiveBlock.read(in), limit),
        ZstdFrame.decompress(ArchiveBlock.read(in), limit),
        ArchiveBlock.read(in));
  }

  @Override
  public byte[] rebuild(RasterImage raster, long maxBytes) throws CodecException {
    byte[] lines = lines(raster);
    byte[] data = settings.compress(lines);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head);
    int position = 0;
    for (int length : dataLengths) {
      if (length < 0 || length > data.length - position) {
        throw new CodecException(
            Kind.CORRUPT, "the recipe's lengths do not fit its data; restore it from another copy");
      }
      PngWriter.writeChunk(
          out, new PngChunk("IDAT", Arrays.copyOfRange(data, position, position + length)));
      position += length;
    }
    out.writeBytes(tail);
    return out.toByteArray();
  }

  private byte[] lines(RasterImage raster) throws CodecException {
    try {
      PngFile skeleton = skeleton();
      PngSamples samples = new PngSamples(skeleton);
      boolean fits =
          skeleton.header().width() == raster.width()
              && skeleton.header().height() == raster.height()
              && samples.channels() == raster.channels()
              && samples.bitDepth() == raster.bitDepth();
      if (!fits) {
        throw new CodecException(
            Kind.CORRUPT, "the recipe does not fit the image; restore it from another copy");
      }
      byte[] lines = samples.toLines(raster);
      XorPatch.apply(lines, patch);
      PngLines.filter(skeleton.header(), lines);
      return lines;
    } catch (ImageDecodeException e) {
      throw new CodecException(
          Kind.CORRUPT,
          "the PNG can't be rebuilt: " + e.getMessage() + "; restore it from another copy",
          e);
    }
  }

  /** The file with no samples, which has all that says how samples lie in rows. */
  private PngFile skeleton() throws ImageDecodeException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head);
    PngWriter.writeChunk(out, new PngChunk("IDAT", new byte[0]));
    PngWriter.writeChunk(out, new PngChunk("IEND", new byte[0]));
    return PngFile.parse(out.toByteArray());
  }
}
