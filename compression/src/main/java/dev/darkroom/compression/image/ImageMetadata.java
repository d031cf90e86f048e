package dev.darkroom.compression.image;

import dev.darkroom.compression.image.png.PngAncillary;
import dev.darkroom.compression.image.png.PngChunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * What is kept of a file beside its pixels, as ancillary PNG chunks: colour space (iCCP, sRGB,
 * gAMA, cHRM, cICP, mDCV, cLLI), EXIF (eXIf), resolution (pHYs), text and time, and whatever else
 * may be copied from one PNG file to another of the same samples.
 *
 * @param chunks the chunks in the order in which a PNG file would hold them
 */
public record ImageMetadata(List<PngChunk> chunks) {
  /** No metadata. */
  public static final ImageMetadata NONE = new ImageMetadata(List.of());

  /** The keyword of XMP in an iTXt chunk. */
  public static final String XMP_KEYWORD = "XML:com.adobe.xmp";

  private static final Set<String> TEXTS = Set.of("tEXt", "zTXt", "iTXt");

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException where a chunk is of a type that is no metadata
   */
  public ImageMetadata {
    chunks = List.copyOf(chunks);
    for (PngChunk chunk : chunks) {
      if (!isMetadata(chunk.type())) {
        throw new IllegalArgumentException("a chunk " + chunk.type() + " is no metadata");
      }
    }
  }

  /** Whether chunks of a type stay true in another PNG file of the same samples. */
  public static boolean isMetadata(String type) {
    return PngAncillary.isKept(type);
  }

  /** An iCCP chunk that holds an ICC profile. */
  public static PngChunk iccProfile(byte[] profile) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("ICC profile".getBytes(StandardCharsets.US_ASCII));
    out.write(0);
    out.write(0);
    Deflater deflater = new Deflater();
    try (DeflaterOutputStream compressed = new DeflaterOutputStream(out, deflater)) {
      compressed.write(profile);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory can't fail", e);
    } finally {
      deflater.end();
    }
    return new PngChunk("iCCP", out.toByteArray());
  }

  /** A pHYs chunk with pixels per metre. */
  public static PngChunk resolution(int horizontal, int vertical) {
    return new PngChunk(
        "pHYs", ByteBuffer.allocate(9).putInt(horizontal).putInt(vertical).put((byte) 1).array());
  }

  /**
   * An iTXt chunk that holds XMP (XMP specification, part 3).
   *
   * @param packet its bytes; zeros at the end are left out
   * @return the chunk, or empty where the bytes are no text in UTF-8
   */
  public static Optional<PngChunk> xmp(byte[] packet) {
    return utf8(withoutEnd(packet)).map(text -> internationalText(XMP_KEYWORD, text));
  }

  /**
   * A tEXt chunk, or an iTXt chunk where the text is in UTF-8 and beyond ASCII.
   *
   * @param keyword what the text is, 1 to 79 Latin characters
   * @param text its bytes; zeros at the end are left out
   * @return the chunk, or empty where there is no text, or zeros within it
   */
  public static Optional<PngChunk> text(String keyword, byte[] text) {
    byte[] bytes = withoutEnd(text);
    for (byte b : bytes) {
      if (b == 0) {
        return Optional.empty();
      }
    }
    if (bytes.length == 0) {
      return Optional.empty();
    }
    Optional<String> decoded = utf8(bytes);
    if (decoded.isPresent() && decoded.get().length() < bytes.length) {
      return Optional.of(internationalText(keyword, decoded.get()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
    out.write(0);
    out.writeBytes(bytes);
    return Optional.of(new PngChunk("tEXt", out.toByteArray()));
  }

  private static PngChunk internationalText(String keyword, String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
    // after the keyword: not compressed, method 0, no language, no translated keyword
    out.writeBytes(new byte[5]);
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return new PngChunk("iTXt", out.toByteArray());
  }

  private static byte[] withoutEnd(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** The text in some bytes, or empty where they are not UTF-8 or have zeros within. */
  private static Optional<String> utf8(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether there is a text with a keyword. */
  public boolean hasText(String keyword) {
    byte[] start = (keyword + '\0').getBytes(StandardCharsets.ISO_8859_1);
    return chunks.stream()
        .filter(chunk -> TEXTS.contains(chunk.type()) && chunk.data().length >= start.length)
        .anyMatch(chunk -> Arrays.equals(start, Arrays.copyOf(chunk.data(), start.length)));
  }

  /** The first chunk of a type. */
  public Optional<PngChunk> find(String type) {
    return chunks.stream().filter(chunk -> chunk.type().equals(type)).findFirst();
  }
}
