package dev.darkroom.compression.image.png;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.SampleForm;
import java.util.Optional;

/** Decodes PNG files strictly: a damaged checksum anywhere is an error. */
public final class PngDecoder {
  private PngDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws ImageDecodeException where it is damaged, too large, or an animation
   */
  public static DecodedImage decode(byte[] bytes, DecodeLimits limits) throws ImageDecodeException {
    PngFile file = PngFile.parse(bytes);
    Optional<SampleForm> form = PngForm.of(file);
    PngHeader header = file.header();
    checkSize(header, limits);
    if (file.isAnimated()) {
      throw new ImageDecodeException(
          ErrorType.NOT_ONE_RASTER, "the PNG is an animation; keep its original bytes");
    }
    byte[] lines = PngLines.inflate(file);
    PngLines.unfilter(header, lines);
    RasterImage raster = new PngRows(header).toRaster(lines);
    if (form.isPresent()) {
      form.get().check(raster);
    }
    return new DecodedImage(raster, form, ImageFormat.PNG, false, metadata(file));
  }

  /**
   * The samples of a file that is damaged or odd, where all of its rows are there.
   *
   * @return the image without metadata, or empty where rows are missing
   * @throws ImageDecodeException where it is too large
   */
  public static Optional<DecodedImage> salvage(byte[] bytes, DecodeLimits limits)
      throws ImageDecodeException {
    Optional<PngScan> scan = PngScan.of(bytes);
    if (scan.isEmpty()) {
      return Optional.empty();
    }
    PngHeader header = scan.get().header();
    checkSize(header, limits);
    Optional<PngLines.Content> content = PngLines.inflate(header, scan.get().data(bytes));
    if (content.isEmpty()) {
      return Optional.empty();
    }
    byte[] lines = content.get().content();
    PngLines.unfilter(header, lines);
    return Optional.of(
        new DecodedImage(
            new PngRows(header).toRaster(lines),
            scan.get().form(),
            ImageFormat.PNG,
            false,
            ImageMetadata.NONE));
  }

  private static void checkSize(PngHeader header, DecodeLimits limits) throws ImageDecodeException {
    int pixelBytes = header.storedChannels() * Math.max(8, header.depth()) / 8;
    limits.checkSize(header.width(), header.height(), pixelBytes + 1);
  }

  private static ImageMetadata metadata(PngFile file) {
    boolean indexed = file.header().colorType() == PngHeader.PALETTE;
    return new ImageMetadata(
        file.chunks().stream()
            .filter(chunk -> PngAncillary.isKept(chunk.type()))
            .filter(chunk -> indexed || !chunk.type().equals("hIST"))
            .toList());
  }
}
