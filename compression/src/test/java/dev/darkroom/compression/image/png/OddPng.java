package dev.darkroom.compression.image.png;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG files of every kind, with as much wrong or unusual as a seed says. */
public final class OddPng {
  private static final int[] COLOR_TYPES = {0, 0, 0, 0, 0, 2, 2, 3, 3, 3, 3, 4, 4, 6, 6};
  private static final int[] DEPTHS = {1, 2, 4, 8, 16, 8, 16, 1, 2, 4, 8, 8, 16, 8, 16};

  private OddPng() {}

  /** A sound file of random samples that repeat, with its palette and transparency. */
  public static byte[] sound(int kind, int width, int height, boolean interlaced, long seed) {
    Random random = new Random(seed);
    PngHeader header = header(kind, width, height, interlaced);
    ByteArrayOutputStream out = start(header);
    for (PngChunk chunk : palette(header, random)) {
      PngWriter.writeChunk(out, chunk);
    }
    PngWriter.writeChunk(out, new PngChunk("IDAT", deflate(lines(header, random), 6, 0, false)));
    PngWriter.writeChunk(out, new PngChunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  /** A file whose rows are all there, and of which little else may be in order. */
  public static byte[] odd(int kind, int width, int height, boolean interlaced, long seed) {
    Random random = new Random(seed);
    PngHeader header = header(kind, width, height, interlaced);
    ByteArrayOutputStream out = start(header);
    palette(header, random).forEach(chunk -> writeOdd(out, chunk, random));
    byte[] lines = lines(header, random);
    byte[] content =
        random.nextInt(4) == 0 ? Arrays.copyOf(lines, lines.length + random.nextInt(50)) : lines;
    byte[] data = deflate(content, random.nextInt(10), random.nextInt(3), random.nextBoolean());
    switch (random.nextInt(6)) {
      case 0 -> data[1] ^= (byte) (1 << random.nextInt(5));
      case 1 -> data[data.length - 1 - random.nextInt(4)] ^= (byte) 1;
      case 2 -> data = Arrays.copyOf(data, data.length - random.nextInt(5));
      case 3 -> data = Arrays.copyOf(data, data.length + random.nextInt(30));
      default -> {}
    }
    for (int from = 0; from < data.length; ) {
      int length = Math.min(data.length - from, 1 + random.nextInt(data.length));
      writeOdd(out, new PngChunk("IDAT", Arrays.copyOfRange(data, from, from + length)), random);
      from += length;
      if (random.nextInt(5) == 0) {
        writeOdd(out, new PngChunk("prVt", noise(random)), random);
      }
    }
    if (random.nextBoolean()) {
      writeOdd(out, new PngChunk("PRVt", noise(random)), random);
    }
    if (random.nextInt(3) > 0) {
      writeOdd(out, new PngChunk("IEND", new byte[0]), random);
      if (random.nextBoolean()) {
        out.writeBytes(noise(random));
      }
    }
    return out.toByteArray();
  }

  private static PngHeader header(int kind, int width, int height, boolean interlaced) {
    return new PngHeader(width, height, DEPTHS[kind], COLOR_TYPES[kind], interlaced);
  }

  private static ByteArrayOutputStream start(PngHeader header) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PngFile.SIGNATURE);
    PngWriter.writeChunk(out, new PngChunk("IHDR", header.toBytes()));
    return out;
  }

  private static List<PngChunk> palette(PngHeader header, Random random) {
    List<PngChunk> chunks = new ArrayList<>();
    if (header.colorType() == PngHeader.PALETTE) {
      byte[] colors = new byte[3 << header.depth()];
      random.nextBytes(colors);
      chunks.add(new PngChunk("PLTE", colors));
      if (random.nextBoolean()) {
        chunks.add(new PngChunk("tRNS", new byte[] {(byte) random.nextInt()}));
      }
    } else if (header.colorType() == PngHeader.GREY && random.nextBoolean()) {
      chunks.add(new PngChunk("tRNS", new byte[] {0, 1}));
    } else if (header.colorType() == PngHeader.RGB && random.nextBoolean()) {
      chunks.add(new PngChunk("tRNS", new byte[] {0, 1, 0, 2, 0, 3}));
    }
    return chunks;
  }

  /** Filtered lines: noise in a few columns, constant elsewhere, so that they can be compressed. */
  private static byte[] lines(PngHeader header, Random random) {
    byte[] lines = new byte[(int) header.lineBytes()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = (byte) (i % 7 == 0 ? random.nextInt() : 3);
    }
    byte[] types = new byte[header.passes().stream().mapToInt(PngHeader.Pass::height).sum()];
    for (int i = 0; i < types.length; i++) {
      types[i] = (byte) random.nextInt(5);
    }
    PngLines.setFilterTypes(header, lines, types);
    return lines;
  }

  private static void writeOdd(ByteArrayOutputStream out, PngChunk chunk, Random random) {
    if (random.nextInt(6) > 0) {
      PngWriter.writeChunk(out, chunk);
      return;
    }
    CRC32 crc = new CRC32();
    byte[] type = chunk.type().getBytes(StandardCharsets.US_ASCII);
    crc.update(type);
    crc.update(chunk.data());
    out.writeBytes(ByteBuffer.allocate(4).putInt(chunk.data().length).array());
    out.writeBytes(type);
    out.writeBytes(chunk.data());
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue() ^ 1).array());
  }

  private static byte[] noise(Random random) {
    byte[] noise = new byte[random.nextInt(20)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] deflate(byte[] content, int level, int strategy, boolean twice) {
    Deflater deflater = new Deflater(level);
    deflater.setStrategy(strategy);
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[2 * content.length + 100];
    int length = 0;
    // asked for in pieces, as many writers do
    while (!deflater.finished()) {
      length += deflater.deflate(buffer, length, twice ? 100 : buffer.length - length);
    }
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }
}
