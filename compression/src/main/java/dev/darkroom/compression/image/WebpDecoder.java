package dev.darkroom.compression.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.png.PngChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes WebP files, still ones only. */
final class WebpDecoder {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final byte[] EXIF_PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  private WebpDecoder() {}

  static DecodedImage decode(byte[] file, DecodeLimits limits)
      throws IOException, ImageDecodeException {
    List<PngChunk> metadata = new ArrayList<>();
    byte[] readable = file;
    boolean lossless = false;
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long position = FIRST_CHUNK;
    while (position + CHUNK_HEADER <= file.length) {
      int start = (int) position + CHUNK_HEADER;
      String type = new String(file, (int) position, 4, StandardCharsets.ISO_8859_1);
      long length = in.getInt((int) position + 4) & 0xFFFF_FFFFL;
      if (start + length > file.length) {
        throw new ImageDecodeException(
            ErrorType.TRUNCATED, "the WebP is cut short in its chunk '" + type.strip() + "'");
      }
      byte[] content = Arrays.copyOfRange(file, start, (int) (start + length));
      switch (type) {
        case "ANIM" ->
            throw new ImageDecodeException(
                ErrorType.NOT_ONE_RASTER, "the WebP is an animation; keep its original bytes");
        case "VP8L" -> {
          lossless = true;
          readable = bare(content);
        }
        case "ICCP" -> metadata.add(ImageMetadata.iccProfile(content));
        case "EXIF" -> metadata.add(new PngChunk("eXIf", withoutPrefix(content)));
        default -> {}
      }
      position = start + length + (length & 1);
    }
    return new DecodedImage(
        ImageIoRaster.read(new WebPImageReaderSpi(), readable, limits),
        ImageFormat.WEBP,
        !lossless,
        new ImageMetadata(metadata));
  }

  /**
   * A file of the lossless samples alone, without a profile that the reader might apply to them.
   */
  private static byte[] bare(byte[] samples) {
    int padded = samples.length + (samples.length & 1);
    return ByteBuffer.allocate(FIRST_CHUNK + CHUNK_HEADER + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(4 + CHUNK_HEADER + padded)
        .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
        .putInt(samples.length)
        .put(samples)
        .array();
  }

  private static byte[] withoutPrefix(byte[] exif) {
    boolean prefixed =
        exif.length >= EXIF_PREFIX.length
            && Arrays.equals(exif, 0, EXIF_PREFIX.length, EXIF_PREFIX, 0, EXIF_PREFIX.length);
    return prefixed ? Arrays.copyOfRange(exif, EXIF_PREFIX.length, exif.length) : exif;
  }
}
