package dev.darkroom.compression.image.tiff;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.png.PngChunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a TIFF file says beside its samples, in the terms of PNG. */
final class TiffMetadata {
  private static final int INCH = 2;
  private static final int CENTIMETRE = 3;
  private static final double METRES_IN_INCH = 0.0254;

  /** Fields of text, and what PNG calls them (ISO/IEC 15948, third edition, 11.3.3.2). */
  static final Map<Integer, String> KEYWORDS = keywords();

  private TiffMetadata() {}

  static ImageMetadata of(TiffDirectory directory) throws ImageDecodeException {
    List<PngChunk> chunks = new ArrayList<>();
    directory
        .bytes(TiffTag.ICC_PROFILE)
        .ifPresent(profile -> chunks.add(ImageMetadata.iccProfile(profile)));
    resolution(directory).ifPresent(chunks::add);
    TiffExif.of(directory).ifPresent(exif -> chunks.add(new PngChunk("eXIf", exif)));
    directory.bytes(TiffTag.XMP).flatMap(ImageMetadata::xmp).ifPresent(chunks::add);
    KEYWORDS.forEach(
        (tag, keyword) ->
            directory
                .field(tag)
                .filter(field -> field.type() == TiffDirectory.ASCII)
                .map(directory::bytes)
                .flatMap(text -> ImageMetadata.text(keyword, text))
                .ifPresent(chunks::add));
    return new ImageMetadata(chunks);
  }

  private static Optional<PngChunk> resolution(TiffDirectory directory)
      throws ImageDecodeException {
    Optional<Double> horizontal = directory.rational(TiffTag.X_RESOLUTION);
    Optional<Double> vertical = directory.rational(TiffTag.Y_RESOLUTION);
    long unit = directory.number(TiffTag.RESOLUTION_UNIT, INCH);
    if (horizontal.isEmpty() || vertical.isEmpty() || unit != INCH && unit != CENTIMETRE) {
      return Optional.empty();
    }
    double perMetre = unit == INCH ? 1 / METRES_IN_INCH : 100;
    long x = Math.round(horizontal.get() * perMetre);
    long y = Math.round(vertical.get() * perMetre);
    boolean fits = x > 0 && y > 0 && Math.max(x, y) <= Integer.MAX_VALUE;
    return fits ? Optional.of(ImageMetadata.resolution((int) x, (int) y)) : Optional.empty();
  }

  private static Map<Integer, String> keywords() {
    Map<Integer, String> keywords = new LinkedHashMap<>();
    keywords.put(TiffTag.DOCUMENT_NAME, "Title");
    keywords.put(TiffTag.IMAGE_DESCRIPTION, "Description");
    keywords.put(TiffTag.ARTIST, "Author");
    keywords.put(TiffTag.COPYRIGHT, "Copyright");
    keywords.put(TiffTag.SOFTWARE, "Software");
    return keywords;
  }
}
