package dev.darkroom.compression.image;

import dev.darkroom.compression.image.png.PngAncillary;
import dev.darkroom.compression.image.png.PngChunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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

  /** An iTXt chunk that holds an XMP packet. */
  static PngChunk xmp(byte[] packet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("XML:com.adobe.xmp".getBytes(StandardCharsets.US_ASCII));
    // the keyword's end; not compressed, by method 0; no language, no translated keyword
    out.writeBytes(new byte[5]);
    out.writeBytes(packet);
    return new PngChunk("iTXt", out.toByteArray());
  }

  /** A pHYs chunk with pixels per metre. */
  public static PngChunk resolution(int horizontal, int vertical) {
    return new PngChunk(
        "pHYs", ByteBuffer.allocate(9).putInt(horizontal).putInt(vertical).put((byte) 1).array());
  }

  /** The first chunk of a type. */
  public Optional<PngChunk> find(String type) {
    return chunks.stream().filter(chunk -> chunk.type().equals(type)).findFirst();
  }
}
