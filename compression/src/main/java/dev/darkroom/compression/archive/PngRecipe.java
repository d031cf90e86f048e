package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.png.PngChunk;
import dev.darkroom.compression.image.png.PngHeader;
import dev.darkroom.compression.image.png.PngLines;
import dev.darkroom.compression.image.png.PngRows;
import dev.darkroom.compression.image.png.PngScan;
import dev.darkroom.compression.image.png.PngWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * For PNG files, sound or not: everything around the compressed rows, how the rows were filtered,
 * and how they were compressed. The raster holds the numbers of the rows, whatever the palette and
 * the transparency make of them.
 *
 * <p>One zstd frame of:
 *
 * <pre>
 * around     4, n   length, bytes: the file without its IDAT pieces
 * pieces     4, n   length, bytes: for each piece the bytes of the file without pieces that precede
 *                   it since the last (4), the bytes of data in it (4), its form (1): 1 a whole chunk
 *                   with its right checksum, 0 data alone
 * filters    4, n   length, bytes: the filter type of each line
 * spare      4, n   length, bytes: unfiltered lines XOR those that the samples call for, with filter
 *                   types of 0; nothing where all are zero
 * surplus    4, n   length, bytes: what the compressed stream holds after the lines
 * stream     n      see {@link ZlibRecipe}
 * </pre>
 *
 * <p>All numbers are big endian.
 */
final class PngRecipe implements WritableRecipe {
  private static final int PIECE_BYTES = 9;
  private static final byte[] NONE = {};

  /** A place in the file for some of the compressed stream. */
  private record Slot(int gap, int length, boolean chunk) {}

  private final byte[] around;
  private final List<Slot> slots;
  private final byte[] filters;

  private final byte[] spare;
  private final byte[] surplus;
  private final ZlibRecipe stream;

  private PngRecipe(
      byte[] around,
      List<Slot> slots,
      byte[] filters,
      byte[] spare,
      byte[] surplus,
      ZlibRecipe stream) {
    this.around = around;
    this.slots = slots;
    this.filters = filters;
    this.spare = spare;
    this.surplus = surplus;
    this.stream = stream;
  }

  /**
   * The recipe of a file, or empty where rows are missing or nothing known compresses them as they
   * are.
   *
   * @param raster the numbers of its rows
   */
  static Optional<PngRecipe> of(byte[] file, RasterImage raster) {
    Optional<PngScan> scan = PngScan.of(file);
    if (scan.isEmpty()) {
      return Optional.empty();
    }
    PngHeader header = scan.get().header();
    byte[] data = scan.get().data(file);
    Optional<PngLines.Content> inflated = PngLines.inflate(header, data);
    if (inflated.isEmpty() || !fits(header, raster)) {
      return Optional.empty();
    }
    byte[] content = inflated.get().content();
    Optional<ZlibRecipe> stream = ZlibRecipe.find(content, data, inflated.get().end());
    if (stream.isEmpty()) {
      return Optional.empty();
    }
    byte[] lines = Arrays.copyOf(content, (int) header.lineBytes());
    byte[] filters = PngLines.filterTypes(header, lines);
    try {
      PngLines.unfilter(header, lines);
    } catch (ImageDecodeException e) {
      return Optional.empty();
    }
    byte[] expected = new PngRows(header).toLines(raster);
    PngLines.setFilterTypes(header, expected, filters);
    byte[] spare = NONE;
    if (!Arrays.equals(lines, expected)) {
      spare = expected;
      XorPatch.xor(spare, lines);
    }
    ByteArrayOutputStream around = new ByteArrayOutputStream();
    List<Slot> slots = slots(file, scan.get().pieces(), around);
    return Optional.of(
        new PngRecipe(
            around.toByteArray(),
            slots,
            filters,
            spare,
            Arrays.copyOfRange(content, lines.length, content.length),
            stream.get()));
  }

  private static List<Slot> slots(
      byte[] file, List<PngScan.Piece> pieces, ByteArrayOutputStream around) {
    List<Slot> slots = new ArrayList<>();
    int position = 0;
    for (PngScan.Piece piece : pieces) {
      int start = piece.start() - (piece.sound() ? PngScan.CHUNK_START : 0);
      around.write(file, position, start - position);
      slots.add(new Slot(start - position, piece.length(), piece.sound()));
      position = piece.start() + piece.length() + (piece.sound() ? PngScan.CHUNK_END : 0);
    }
    around.write(file, position, file.length - position);
    return slots;
  }

  static PngRecipe readFrom(ByteBuffer block) throws CodecException {
    ByteBuffer in = ByteBuffer.wrap(ZstdFrame.decompressRest(block));
    byte[] around = ArchiveBlock.read(in);
    ByteBuffer pieces = ByteBuffer.wrap(ArchiveBlock.read(in));
    List<Slot> slots = new ArrayList<>();
    while (pieces.hasRemaining()) {
      slots.add(new Slot(pieces.getInt(), pieces.getInt(), pieces.get() != 0));
    }
    return new PngRecipe(
        around,
        slots,
        ArchiveBlock.read(in),
        ArchiveBlock.read(in),
        ArchiveBlock.read(in),
        ZlibRecipe.readFrom(in));
  }

  @Override
  public int kind() {
    return ArchiveBlock.PNG_RECIPE;
  }

  @Override
  public void writeTo(ByteArrayOutputStream out) {
    ByteBuffer pieces = ByteBuffer.allocate(PIECE_BYTES * slots.size());
    for (Slot slot : slots) {
      pieces.putInt(slot.gap()).putInt(slot.length()).put((byte) (slot.chunk() ? 1 : 0));
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ArchiveBlock.write(content, around);
    ArchiveBlock.write(content, pieces.array());
    ArchiveBlock.write(content, filters);
    ArchiveBlock.write(content, spare);
    ArchiveBlock.write(content, surplus);
    stream.writeTo(content);
    out.writeBytes(ZstdFrame.compress(content.toByteArray()));
  }

  @Override
  public byte[] rebuild(RasterImage raster, long maxBytes) throws CodecException {
    PngHeader header = PngScan.of(around).map(PngScan::header).orElseThrow(PngRecipe::misfit);
    if (!fits(header, raster)) {
      throw misfit();
    }
    byte[] lines = new PngRows(header).toLines(raster);
    try {
      PngLines.setFilterTypes(header, lines, filters);
      if (spare.length > 0 && spare.length != lines.length) {
        throw misfit();
      }
      XorPatch.xor(lines, spare);
      PngLines.filter(header, lines);
      byte[] content = Arrays.copyOf(lines, lines.length + surplus.length);
      System.arraycopy(surplus, 0, content, lines.length, surplus.length);
      return assemble(stream.compress(content), maxBytes);
    } catch (IllegalArgumentException e) {
      throw misfit();
    }
  }

  private byte[] assemble(byte[] data, long maxBytes) throws CodecException {
    if ((long) around.length + data.length > maxBytes) {
      throw new CodecException(
          Kind.LIMIT_EXCEEDED,
          "the file has over %d bytes, the limit; raise the limit on bytes".formatted(maxBytes));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int taken = 0;
    int position = 0;
    for (Slot slot : slots) {
      boolean fits =
          slot.gap() >= 0
              && slot.gap() <= around.length - taken
              && slot.length() >= 0
              && slot.length() <= data.length - position;
      if (!fits) {
        throw misfit();
      }
      out.write(around, taken, slot.gap());
      taken += slot.gap();
      if (slot.chunk()) {
        byte[] part = Arrays.copyOfRange(data, position, position + slot.length());
        PngWriter.writeChunk(out, new PngChunk("IDAT", part));
      } else {
        out.write(data, position, slot.length());
      }
      position += slot.length();
    }
    if (position != data.length) {
      throw misfit();
    }
    out.write(around, taken, around.length - taken);
    return out.toByteArray();
  }

  private static boolean fits(PngHeader header, RasterImage raster) {
    PngRows rows = new PngRows(header);
    return header.width() == raster.width()
        && header.height() == raster.height()
        && rows.channels() == raster.channels()
        && rows.bitDepth() == raster.bitDepth();
  }

  private static CodecException misfit() {
    return new CodecException(
        Kind.CORRUPT, "the recipe does not fit the image; restore it from another copy");
  }
}
