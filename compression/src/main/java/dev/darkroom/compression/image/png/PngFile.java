package dev.darkroom.compression.image.png;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG file as its chunks, checked: signature, checksums, order and number of the critical chunks.
 *
 * @param header what IHDR says
 * @param chunks all chunks from IHDR to IEND
 * @param end the index of the first byte after IEND; what follows there belongs to no image
 */
public record PngFile(PngHeader header, List<PngChunk> chunks, int end) {
  /** The length of the signature before the first chunk. */
  public static final int SIGNATURE_BYTES = 8;

  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private static final int OVERHEAD = 12;
  private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");

  /**
   * Parses and checks a file; sample data are not decompressed.
   *
   * @throws ImageDecodeException of type {@code NOT_AN_IMAGE}, {@code CORRUPT}, {@code TRUNCATED}
   *     or {@code UNSUPPORTED}
   */
  public static PngFile parse(byte[] file) throws ImageDecodeException {
    if (!Arrays.equals(SIGNATURE, Arrays.copyOf(file, SIGNATURE.length))) {
      throw new ImageDecodeException(ErrorType.NOT_AN_IMAGE, "the file has no PNG signature");
    }
    List<PngChunk> chunks = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file, SIGNATURE.length, file.length - SIGNATURE.length);
    do {
      chunks.add(readChunk(in));
    } while (!chunks.get(chunks.size() - 1).type().equals("IEND"));
    if (chunks.get(0).type().equals("CgBI")) {
      throw new ImageDecodeException(
          ErrorType.UNSUPPORTED, "the PNG is of Apple's own variant (CgBI), which is not read");
    }
    if (!chunks.get(0).type().equals("IHDR")) {
      throw corrupt("it begins with " + chunks.get(0).type() + ", not IHDR");
    }
    PngHeader header = PngHeader.parse(chunks.get(0).data());
    checkCritical(header, chunks);
    return new PngFile(header, List.copyOf(chunks), in.position());
  }

  /** The first chunk of a type. */
  public Optional<PngChunk> find(String type) {
    return chunks.stream().filter(chunk -> chunk.type().equals(type)).findFirst();
  }

  /** Whether the file is an animation (APNG). */
  public boolean isAnimated() {
    return find("acTL").isPresent();
  }

  /** The content of all IDAT chunks, one after the other: a zlib stream. */
  public byte[] compressedLines() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (PngChunk chunk : chunks) {
      if (chunk.type().equals("IDAT")) {
        out.writeBytes(chunk.data());
      }
    }
    return out.toByteArray();
  }

  private static PngChunk readChunk(ByteBuffer in) throws ImageDecodeException {
    if (in.remaining() < OVERHEAD) {
      throw truncated("it ends before IEND");
    }
    int length = in.getInt();
    byte[] name = new byte[4];
    in.get(name);
    for (byte letter : name) {
      if (!(letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z')) {
        throw corrupt("a chunk's type is not four letters");
      }
    }
    String type = new String(name, StandardCharsets.US_ASCII);
    if (length < 0) {
      throw corrupt("the chunk " + type + " has over 2^31 - 1 bytes");
    }
    if (length > in.remaining() - 4) {
      throw truncated("the chunk " + type + " is cut short");
    }
    byte[] data = new byte[length];
    in.get(data);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    if (in.getInt() != (int) crc.getValue()) {
      throw corrupt("the chunk " + type + " does not match its checksum");
    }
    return new PngChunk(type, data);
  }

  private static void checkCritical(PngHeader header, List<PngChunk> chunks)
      throws ImageDecodeException {
    int palettes = 0;
    int dataRuns = 0;
    String previous = "";
    for (int i = 0; i < chunks.size(); i++) {
      PngChunk chunk = chunks.get(i);
      String type = chunk.type();
      if (chunk.isCritical() && !CRITICAL.contains(type)) {
        throw new ImageDecodeException(
            ErrorType.UNSUPPORTED, "the PNG has the unknown critical chunk " + type);
      }
      if (type.equals("IHDR") && i > 0) {
        throw corrupt("it has a second IHDR");
      }
      if (type.equals("PLTE")) {
        palettes++;
        checkPalette(header, chunk, palettes, dataRuns);
      }
      if (type.equals("tRNS") && (dataRuns > 0 || header.colorType() == 3 && palettes == 0)) {
        throw corrupt("tRNS is out of place");
      }
      if (type.equals("IDAT") && !previous.equals("IDAT")) {
        dataRuns++;
      }
      if (type.equals("IEND") && chunk.data().length > 0) {
        throw corrupt("IEND is not empty");
      }
      previous = type;
    }
    if (dataRuns != 1) {
      throw corrupt(dataRuns == 0 ? "it has no IDAT" : "its IDAT chunks are not consecutive");
    }
    if (header.colorType() == PngHeader.PALETTE && palettes == 0) {
      throw corrupt("it has no PLTE");
    }
  }

  private static void checkPalette(PngHeader header, PngChunk chunk, int palettes, int dataRuns)
      throws ImageDecodeException {
    int entries = chunk.data().length / 3;
    boolean grey =
        header.colorType() == PngHeader.GREY || header.colorType() == PngHeader.GREY_ALPHA;
    int most = header.colorType() == PngHeader.PALETTE ? 1 << header.depth() : 256;
    if (chunk.data().length % 3 != 0
        || entries < 1
        || entries > most
        || grey
        || palettes > 1
        || dataRuns > 0) {
      throw corrupt("PLTE is malformed or out of place");
    }
  }

  private static ImageDecodeException corrupt(String reason) {
    return new ImageDecodeException(ErrorType.CORRUPT, "not a valid PNG: " + reason);
  }

  private static ImageDecodeException truncated(String reason) {
    return new ImageDecodeException(ErrorType.TRUNCATED, "the PNG is cut short: " + reason);
  }
}
