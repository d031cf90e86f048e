package dev.darkroom.compression.image.bmp;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.SampleForm;
import dev.darkroom.compression.image.png.PngChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Decodes bitmaps whose samples 8 bits hold exactly; palettes by their indices. */
public final class BmpDecoder {
  private static final int V5_HEADER = 124;
  private static final int EMBEDDED_PROFILE = 0x4D42_4544;

  private BmpDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws ImageDecodeException where it is damaged or too large, and of type {@code
   *     NOT_ONE_RASTER} where 8 bits a sample, or the samples that viewers show, are not all of it
   */
  public static DecodedImage decode(byte[] file, DecodeLimits limits) throws ImageDecodeException {
    BmpHeader header = BmpHeader.read(file);
    if (header.bits() <= 8) {
      DecodedImage image = indexed(file, header, limits);
      if (image.form().isPresent()) {
        image.form().get().check(image.raster());
      }
      return image;
    }
    BmpColors colors = colors(file, header, limits);
    require(
        colors.isRestConstant(), "bits that belong to no colour and still are not all the same");
    return new DecodedImage(
        new RasterImage(header.width(), header.height(), colors.channels(), 8, colors.read()),
        ImageFormat.BMP,
        false,
        metadata(file, header));
  }

  /**
   * The picture as it is seen, whatever its pixels hold beside that.
   *
   * @throws ImageDecodeException where there is none of 8 bits a sample
   */
  public static DecodedImage show(byte[] file, DecodeLimits limits) throws ImageDecodeException {
    BmpHeader header = BmpHeader.read(file);
    if (header.bits() <= 8) {
      return indexed(file, header, limits);
    }
    BmpColors colors = colors(file, header, limits);
    return new DecodedImage(
        new RasterImage(header.width(), header.height(), colors.channels(), 8, colors.read()),
        ImageFormat.BMP,
        false,
        ImageMetadata.NONE);
  }

  /**
   * The bytes or bits of a file's pixels that {@link #decode} refuses: indices beyond the palette,
   * or all four bytes of 32-bit pixels.
   *
   * @return the image without metadata, or empty where pixels are anything else
   * @throws ImageDecodeException where it is damaged or too large
   */
  public static Optional<DecodedImage> salvage(byte[] file, DecodeLimits limits)
      throws ImageDecodeException {
    BmpHeader header = BmpHeader.read(file);
    if (header.bits() <= 8 && header.compression() == BmpHeader.RAW) {
      return Optional.of(indexed(file, header, limits));
    }
    if (header.bits() != 32 || header.compression() != BmpHeader.RAW) {
      return Optional.empty();
    }
    limits.checkSize(header.width(), header.height(), 4);
    requireWhole(file, header);
    byte[] samples = new byte[Math.multiplyExact(header.width() * header.height(), 4)];
    int target = 0;
    for (int y = 0; y < header.height(); y++) {
      int at = header.top() + y * header.step();
      for (int x = 0; x < header.width(); x++) {
        samples[target++] = file[at + 2];
        samples[target++] = file[at + 1];
        samples[target++] = file[at];
        samples[target++] = file[at + 3];
        at += 4;
      }
    }
    return Optional.of(
        new DecodedImage(
            new RasterImage(header.width(), header.height(), 4, 8, samples),
            ImageFormat.BMP,
            false,
            ImageMetadata.NONE));
  }

  /**
   * For each sample of a pixel of 24 or 32 bits its offset in the pixel, or empty where samples are
   * no bytes.
   *
   * @param channels 3, or 4 with the byte that is no colour last
   */
  public static Optional<byte[]> offsets(byte[] file, BmpHeader header, int channels) {
    if (header.bits() != 24 && header.bits() != 32) {
      return Optional.empty();
    }
    if (header.bits() == 32 && header.compression() == BmpHeader.RAW && channels == 4) {
      return Optional.of(new byte[] {2, 1, 0, 3});
    }
    return new BmpColors(file, header).offsets().filter(offsets -> offsets.length == channels);
  }

  private static DecodedImage indexed(byte[] file, BmpHeader header, DecodeLimits limits)
      throws ImageDecodeException {
    limits.checkSize(header.width(), header.height(), 1);
    int bits = header.bits();
    boolean runs =
        header.compression() == BmpHeader.RUNS_OF_8 && bits == 8
            || header.compression() == BmpHeader.RUNS_OF_4 && bits == 4;
    boolean depth = bits == 1 || bits == 2 || bits == 4 || bits == 8;
    require(depth, "pixels of " + bits + " bits");
    require(runs || header.compression() == BmpHeader.RAW, "an unusual compression");
    require(header.palette().length > 0, "no colours");
    byte[] samples = runs ? BmpRuns.read(file, header) : unpack(file, header);
    return new DecodedImage(
        new RasterImage(header.width(), header.height(), 1, 8, samples),
        SampleForm.ofColors(header.palette(), new byte[0]),
        ImageFormat.BMP,
        false,
        metadata(file, header));
  }

  private static byte[] unpack(byte[] file, BmpHeader header) throws ImageDecodeException {
    requireWhole(file, header);
    int bits = header.bits();
    byte[] samples = new byte[header.width() * header.height()];
    int target = 0;
    for (int y = 0; y < header.height(); y++) {
      int at = header.top() + y * header.step();
      for (int x = 0; x < header.width(); x++) {
        int shift = 8 - bits - x * bits % 8;
        samples[target++] = (byte) (file[at + x * bits / 8] >> shift & (1 << bits) - 1);
      }
    }
    return samples;
  }

  private static BmpColors colors(byte[] file, BmpHeader header, DecodeLimits limits)
      throws ImageDecodeException {
    int bits = header.bits();
    boolean masked =
        header.compression() == BmpHeader.MASKED
            || header.compression() == BmpHeader.MASKED_WITH_ALPHA;
    require(
        bits == 16 || bits == 24 || bits == 32,
        "pixels of " + bits + " bits, or of another format in itself");
    require(
        header.compression() == BmpHeader.RAW || masked && bits != 24, "an unusual compression");
    limits.checkSize(header.width(), header.height(), 4);
    requireWhole(file, header);
    BmpColors colors = new BmpColors(file, header);
    require(colors.isExact(), "samples that 8 bits do not hold exactly");
    return colors;
  }

  private static void requireWhole(byte[] file, BmpHeader header) throws ImageDecodeException {
    if (!header.isWhole(file.length)) {
      throw new ImageDecodeException(
          ErrorType.TRUNCATED, "the bitmap is cut short: it ends before its last row");
    }
  }

  private static void require(boolean condition, String otherwise) throws ImageDecodeException {
    if (!condition) {
      throw new ImageDecodeException(
          ErrorType.NOT_ONE_RASTER, "the bitmap has " + otherwise + "; keep its original bytes");
    }
  }

  private static ImageMetadata metadata(byte[] file, BmpHeader header) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<PngChunk> chunks = new ArrayList<>();
    if (header.size() >= V5_HEADER && in.getInt(BmpHeader.FILE_HEADER + 56) == EMBEDDED_PROFILE) {
      long start = BmpHeader.FILE_HEADER + (in.getInt(BmpHeader.FILE_HEADER + 112) & 0xFFFF_FFFFL);
      long length = in.getInt(BmpHeader.FILE_HEADER + 116) & 0xFFFF_FFFFL;
      if (length > 0 && start + length <= file.length) {
        chunks.add(
            ImageMetadata.iccProfile(
                Arrays.copyOfRange(file, (int) start, (int) (start + length))));
      }
    }
    if (header.size() >= BmpHeader.INFO_HEADER) {
      int horizontal = in.getInt(BmpHeader.FILE_HEADER + 24);
      int vertical = in.getInt(BmpHeader.FILE_HEADER + 28);
      if (horizontal > 0 && vertical > 0) {
        chunks.add(ImageMetadata.resolution(horizontal, vertical));
      }
    }
    return new ImageMetadata(chunks);
  }
}
