package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.gif.GifPixels;
import dev.darkroom.compression.image.gif.GifRows;
import dev.darkroom.compression.image.gif.GifScan;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * For GIF files of one frame, whose raster holds indices: everything around the compressed pixels,
 * and which codes the encoder chose where there was a choice.
 *
 * <p>One zstd frame of:
 *
 * <pre>
 * interlaced   1      1 where the rows come in four passes, else 0
 * code size    1      bits of a pixel, 2 to 8
 * head         4, n   length, bytes: the file up to the first sub-block of the frame
 * tail         4, n   length, bytes: the file behind the last sub-block
 * lengths      4, n   length, bytes: the length of each sub-block (1)
 * choices      4, n   length, bytes: see {@link GifPixels.Decoded}
 * rest         n      what follows the last pixel's code, see {@link GifPixels.Decoded}
 * </pre>
 */
final class GifRecipe implements WritableRecipe {
  private final boolean interlaced;
  private final int codeSize;
  private final byte[] head;
  private final byte[] tail;
  private final byte[] lengths;
  private final byte[] choices;
  private final byte[] rest;

  private GifRecipe(
      boolean interlaced,
      int codeSize,
      byte[] head,
      byte[] tail,
      byte[] lengths,
      byte[] choices,
      byte[] rest) {
    this.interlaced = interlaced;
    this.codeSize = codeSize;
    this.head = head;
    this.tail = tail;
    this.lengths = lengths;
    this.choices = choices;
    this.rest = rest;
  }

  /** The recipe of a file, or empty where its frame is damaged or not alone. */
  static Optional<GifRecipe> of(byte[] file, RasterImage raster) {
    GifScan scan = GifScan.of(file);
    boolean fits =
        scan.hasFrame()
            && scan.frames() == 1
            && scan.width() == raster.width()
            && scan.height() == raster.height();
    if (!fits) {
      return Optional.empty();
    }
    try {
      GifPixels.Decoded decoded =
          GifPixels.decode(scan.data(), scan.codeSize(), raster.samples().length);
      return Optional.of(
          new GifRecipe(
              scan.isInterlaced(),
              scan.codeSize(),
              Arrays.copyOf(file, scan.dataStart()),
              Arrays.copyOfRange(file, scan.dataEnd(), file.length),
              scan.lengths(),
              decoded.choices(),
              decoded.rest()));
    } catch (ImageDecodeException e) {
      return Optional.empty();
    }
  }

  static GifRecipe readFrom(ByteBuffer block) throws CodecException {
    ByteBuffer in = ByteBuffer.wrap(ZstdFrame.decompressRest(block));
    boolean interlaced = in.get() != 0;
    int codeSize = in.get();
    byte[] head = ArchiveBlock.read(in);
    byte[] tail = ArchiveBlock.read(in);
    byte[] lengths = ArchiveBlock.read(in);
    byte[] choices = ArchiveBlock.read(in);
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return new GifRecipe(interlaced, codeSize, head, tail, lengths, choices, rest);
  }

  @Override
  public int kind() {
    return ArchiveBlock.GIF_RECIPE;
  }

  @Override
  public void writeTo(ByteArrayOutputStream out) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(interlaced ? 1 : 0);
    content.write(codeSize);
    ArchiveBlock.write(content, head);
    ArchiveBlock.write(content, tail);
    ArchiveBlock.write(content, lengths);
    ArchiveBlock.write(content, choices);
    content.writeBytes(rest);
    out.writeBytes(ZstdFrame.compress(content.toByteArray()));
  }

  @Override
  public byte[] rebuild(RasterImage raster, long maxBytes) throws CodecException {
    if (raster.channels() != 1 || raster.bitDepth() != 8) {
      throw misfit();
    }
    byte[] data = data(raster);
    if ((long) head.length + data.length + lengths.length + tail.length > maxBytes) {
      throw new CodecException(
          Kind.LIMIT_EXCEEDED,
          "the file has over %d bytes, the limit; raise the limit on bytes".formatted(maxBytes));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head);
    int position = 0;
    for (byte length : lengths) {
      int count = length & 0xFF;
      if (count > data.length - position) {
        throw misfit();
      }
      out.write(count);
      out.write(data, position, count);
      position += count;
    }
    if (position != data.length) {
      throw misfit();
    }
    out.writeBytes(tail);
    return out.toByteArray();
  }

  private byte[] data(RasterImage raster) throws CodecException {
    byte[] rows = raster.samples();
    byte[] pixels = interlaced ? GifRows.toPasses(rows, raster.width(), raster.height()) : rows;
    try {
      return GifPixels.encode(pixels, codeSize, choices, rest);
    } catch (IllegalArgumentException e) {
      throw misfit();
    }
  }

  private static CodecException misfit() {
    return new CodecException(
        Kind.CORRUPT, "the recipe does not fit the image; restore it from another copy");
  }
}
