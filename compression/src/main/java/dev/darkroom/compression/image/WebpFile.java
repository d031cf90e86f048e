package dev.darkroom.compression.image;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.png.PngChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A WebP file as its chunks (RFC 9649, section 2).
 *
 * @param width pixels of a row, 1 or more
 * @param height rows, 1 or more
 * @param lossless whether the image is coded without loss
 * @param alpha whether the header announces transparency
 * @param animated whether the file is an animation
 * @param image the content of the lossless image's chunk; empty for lossy ones and animations
 * @param metadata what PNG can hold of the profile, EXIF and XMP
 * @param unaccounted what the file holds beside all that: an unknown chunk, bytes behind the image
 */
record WebpFile(
    int width,
    int height,
    boolean lossless,
    boolean alpha,
    boolean animated,
    byte[] image,
    ImageMetadata metadata,
    Optional<String> unaccounted) {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int LOSSY_HEADER = 10;
  private static final int LOSSLESS_HEADER = 5;
  private static final int EXTENDED_HEADER = 10;
  private static final int EXTENDED_ALPHA = 0x10;
  private static final byte LOSSLESS_SIGNATURE = 0x2F;
  private static final int LOSSLESS_ALPHA = 0x1000_0000;
  private static final int SIDE_BITS = 14;
  private static final int SIDE_MASK = (1 << SIDE_BITS) - 1;
  private static final byte[] EXIF_PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  /**
   * Parses a file.
   *
   * @param file a file that {@link ImageFormat#sniff} takes for WebP
   * @throws ImageDecodeException where it is cut short, damaged, or has no image
   */
  static WebpFile parse(byte[] file) throws ImageDecodeException {
    return new Parser(file).parse();
  }

  /**
   * A file of the lossless image alone, without a profile that a reader might apply, and announced
   * as transparent: the announcement is a hint that must not change what is decoded (3.4), yet
   * readers go by it.
   */
  byte[] bareLossless() {
    int padded = image.length + (image.length & 1);
    byte[] bare =
        ByteBuffer.allocate(FIRST_CHUNK + CHUNK_HEADER + padded)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("RIFF".getBytes(StandardCharsets.US_ASCII))
            .putInt(4 + CHUNK_HEADER + padded)
            .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
            .putInt(image.length)
            .put(image)
            .array();
    bare[FIRST_CHUNK + CHUNK_HEADER + LOSSLESS_HEADER - 1] |= (byte) (LOSSLESS_ALPHA >> 24);
    return bare;
  }

  private static final class Parser {
    private final byte[] file;
    private final ByteBuffer in;
    private final List<PngChunk> metadata = new ArrayList<>();
    private int width;
    private int height;
    private boolean found;
    private boolean lossless;
    private boolean alpha;
    private boolean animated;
    private byte[] image = {};
    private String unaccounted = "";

    Parser(byte[] file) {
      this.file = file;
      in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    WebpFile parse() throws ImageDecodeException {
      long end = 8 + (in.getInt(4) & 0xFFFF_FFFFL);
      if (end > file.length + 1L) {
        throw truncated("it has %d bytes of %d".formatted(file.length, end));
      }
      if (end < file.length) {
        unaccounted = (file.length - end) + " bytes behind the image";
      }
      long position = FIRST_CHUNK;
      while (position + CHUNK_HEADER <= Math.min(end, file.length)) {
        int start = (int) position + CHUNK_HEADER;
        String type = new String(file, (int) position, 4, StandardCharsets.ISO_8859_1);
        long length = in.getInt((int) position + 4) & 0xFFFF_FFFFL;
        if (start + length > file.length) {
          throw truncated("its chunk '" + type.strip() + "' is");
        }
        take(type, start, (int) length);
        position = start + length + (length & 1);
      }
      if (!found && !animated) {
        throw corrupt("it has no image");
      }
      return new WebpFile(
          width,
          height,
          lossless,
          alpha,
          animated,
          image,
          new ImageMetadata(metadata),
          unaccounted.isEmpty() ? Optional.empty() : Optional.of(unaccounted));
    }

    private void addXmp(byte[] packet) {
      ImageMetadata.xmp(packet)
          .ifPresentOrElse(metadata::add, () -> unaccounted = "XMP that is no text");
    }

    private void take(String type, int start, int length) throws ImageDecodeException {
      switch (type) {
        case "VP8X" -> {
          require(type, length, EXTENDED_HEADER);
          alpha |= (file[start] & EXTENDED_ALPHA) != 0;
        }
        case "VP8 " -> {
          requireFirst();
          require(type, length, LOSSY_HEADER);
          width = in.getShort(start + 6) & SIDE_MASK;
          height = in.getShort(start + 8) & SIDE_MASK;
        }
        case "VP8L" -> {
          requireFirst();
          require(type, length, LOSSLESS_HEADER);
          if (file[start] != LOSSLESS_SIGNATURE) {
            throw corrupt("its lossless image has no signature");
          }
          int header = in.getInt(start + 1);
          width = 1 + (header & SIDE_MASK);
          height = 1 + (header >> SIDE_BITS & SIDE_MASK);
          lossless = true;
          // what VP8X says of a lossless image is the container's word; the image has its own
          alpha = (header & LOSSLESS_ALPHA) != 0;
          image = Arrays.copyOfRange(file, start, start + length);
        }
        case "ALPH" -> alpha = true;
        case "ANIM", "ANMF" -> animated = true;
        case "ICCP" -> metadata.add(ImageMetadata.iccProfile(content(start, length)));
        case "EXIF" -> metadata.add(new PngChunk("eXIf", withoutPrefix(content(start, length))));
        case "XMP " -> addXmp(Arrays.copyOfRange(file, start, start + length));
        default -> unaccounted = "a chunk '" + type + "'";
      }
    }

    private void requireFirst() throws ImageDecodeException {
      if (found) {
        throw corrupt("it has two images");
      }
      found = true;
    }

    private byte[] content(int start, int length) {
      return Arrays.copyOfRange(file, start, start + length);
    }

    private static void require(String type, int length, int least) throws ImageDecodeException {
      if (length < least) {
        throw corrupt("its chunk '%s' has %d bytes".formatted(type.strip(), length));
      }
    }

    private static byte[] withoutPrefix(byte[] exif) {
      boolean prefixed =
          exif.length >= EXIF_PREFIX.length
              && Arrays.equals(exif, 0, EXIF_PREFIX.length, EXIF_PREFIX, 0, EXIF_PREFIX.length);
      return prefixed ? Arrays.copyOfRange(exif, EXIF_PREFIX.length, exif.length) : exif;
    }

    private static ImageDecodeException truncated(String what) {
      return new ImageDecodeException(
          ErrorType.TRUNCATED, "the WebP is cut short: " + what + "; what is there is kept");
    }

    private static ImageDecodeException corrupt(String what) {
      return new ImageDecodeException(
          ErrorType.CORRUPT, "the WebP is damaged: " + what + "; its bytes are kept");
    }
  }
}
