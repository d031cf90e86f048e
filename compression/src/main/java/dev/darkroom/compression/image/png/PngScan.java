package dev.darkroom.compression.image.png;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.SampleForm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Where the compressed rows lie in a PNG file, however odd the rest of it is: any order of chunks,
 * wrong checksums, no IEND, bytes behind it. For rebuilding files; {@link PngFile} is for judging
 * them.
 *
 * @param header what the first IHDR says
 * @param pieces where IDAT chunks have their data, in the order of the file
 * @param palette the content of the first PLTE, empty without one
 * @param transparency the content of the first tRNS, empty without one
 */
public record PngScan(PngHeader header, List<Piece> pieces, byte[] palette, byte[] transparency) {
  /** The length and the type before a chunk's data. */
  public static final int CHUNK_START = 8;

  /** The checksum behind a chunk's data. */
  public static final int CHUNK_END = 4;

  private static final byte[] NONE = {};

  /**
   * The data of an IDAT chunk.
   *
   * @param start the index of the first byte in the file
   * @param length how many there are; fewer than the chunk says where the file ends in it
   * @param sound whether the chunk is whole and matches its checksum
   */
  public record Piece(int start, int length, boolean sound) {}

  /** The places in a file, or empty where no IHDR that can be understood precedes all IDAT. */
  public static Optional<PngScan> of(byte[] file) {
    List<Piece> pieces = new ArrayList<>();
    Optional<PngHeader> header = Optional.empty();
    byte[] palette = NONE;
    byte[] transparency = NONE;
    int position = PngFile.SIGNATURE_BYTES;
    while (file.length - position >= CHUNK_START) {
      int announced = ByteBuffer.wrap(file).getInt(position);
      int start = position + CHUNK_START;
      String type = new String(file, position + 4, 4, StandardCharsets.ISO_8859_1);
      boolean cut = announced < 0 || announced > file.length - start;
      int length = cut ? file.length - start : announced;
      if (type.equals("IDAT")) {
        pieces.add(new Piece(start, length, !cut && isSound(file, start, length)));
      } else if (type.equals("IHDR") && header.isEmpty() && !cut && pieces.isEmpty()) {
        header = header(Arrays.copyOfRange(file, start, start + length));
      } else if (type.equals("PLTE") && palette.length == 0 && !cut) {
        palette = Arrays.copyOfRange(file, start, start + length);
      } else if (type.equals("tRNS") && transparency.length == 0 && !cut) {
        transparency = Arrays.copyOfRange(file, start, start + length);
      }
      if (cut || type.equals("IEND") || file.length - start - length < CHUNK_END) {
        break;
      }
      position = start + length + CHUNK_END;
    }
    byte[] colors = palette;
    byte[] alphas = transparency;
    return header.map(h -> new PngScan(h, List.copyOf(pieces), colors, alphas));
  }

  /** The data of all IDAT chunks, one after the other. */
  public byte[] data(byte[] file) {
    byte[] data = new byte[pieces.stream().mapToInt(Piece::length).sum()];
    int position = 0;
    for (Piece piece : pieces) {
      System.arraycopy(file, piece.start(), data, position, piece.length());
      position += piece.length();
    }
    return data;
  }

  /** What the samples stand for as far as palette and transparency tell, damaged as they may be. */
  public Optional<SampleForm> form() {
    boolean indexed = header.colorType() == PngHeader.PALETTE;
    int entries = Math.min(256, palette.length / 3);
    int most =
        switch (header.colorType()) {
          case PngHeader.PALETTE -> entries;
          case PngHeader.GREY -> 2;
          case PngHeader.RGB -> 6;
          default -> 0;
        };
    byte[] alphas =
        indexed || transparency.length >= most
            ? Arrays.copyOf(transparency, Math.min(most, transparency.length))
            : NONE;
    if (!(indexed && entries > 0) && alphas.length == 0 && header.depth() >= 8) {
      return Optional.empty();
    }
    return Optional.of(
        new SampleForm(
            header.depth(), indexed ? Arrays.copyOf(palette, 3 * entries) : NONE, alphas));
  }

  private static Optional<PngHeader> header(byte[] data) {
    try {
      return Optional.of(PngHeader.parse(data));
    } catch (ImageDecodeException e) {
      return Optional.empty();
    }
  }

  private static boolean isSound(byte[] file, int start, int length) {
    if (file.length - start - length < CHUNK_END) {
      return false;
    }
    CRC32 crc = new CRC32();
    crc.update(file, start - 4, length + 4);
    return ByteBuffer.wrap(file).getInt(start + length) == (int) crc.getValue();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PngScan that
        && header.equals(that.header)
        && pieces.equals(that.pieces)
        && Arrays.equals(palette, that.palette)
        && Arrays.equals(transparency, that.transparency);
  }

  @Override
  public int hashCode() {
    return 31 * header.hashCode() + pieces.hashCode();
  }

  @Override
  public String toString() {
    return "PngScan[%s, %d pieces]".formatted(header, pieces.size());
  }
}
