package dev.darkroom.compression.image.tiff;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a TIFF file says beside its samples that the metadata kept of it do not. */
public final class TiffLeftovers {
  private static final int NO_UNIT = 1;
  private static final int FIRST_PRIVATE = 32_768;

  /** The chunk that has to be there for a field to be kept, and the field's name else. */
  private record Kept(String chunk, String name) {}

  private static final Map<Integer, Kept> KEPT =
      Map.ofEntries(
          Map.entry(TiffTag.ICC_PROFILE, new Kept("iCCP", "icc")),
          Map.entry(TiffTag.ORIENTATION, new Kept("eXIf", "orientation")),
          Map.entry(TiffTag.MAKE, new Kept("eXIf", "exif")),
          Map.entry(TiffTag.MODEL, new Kept("eXIf", "exif")),
          Map.entry(TiffTag.DATE_TIME, new Kept("eXIf", "exif")),
          Map.entry(TiffTag.HOST_COMPUTER, new Kept("eXIf", "exif")),
          Map.entry(TiffTag.EXIF, new Kept("eXIf", "exif")),
          Map.entry(TiffTag.GPS, new Kept("eXIf", "gps")),
          Map.entry(TiffTag.X_RESOLUTION, new Kept("pHYs", "dpi")),
          Map.entry(TiffTag.Y_RESOLUTION, new Kept("pHYs", "dpi")));

  private static final Map<Integer, String> DROPPED = dropped();

  private TiffLeftovers() {}

  /**
   * Short names of what is left behind, sorted.
   *
   * @param file a file that {@link TiffDecoder} decodes
   * @param kept what is kept of it
   */
  public static List<String> of(byte[] file, ImageMetadata kept) throws ImageDecodeException {
    TiffDirectory directory = TiffDirectory.first(file);
    Set<String> left = new TreeSet<>();
    for (TiffDirectory.Field field : directory.fields()) {
      nameOf(directory, field.tag(), kept).ifPresent(left::add);
    }
    Optional<TiffDirectory> exif = directory.child(TiffTag.EXIF);
    if (exif.isPresent()) {
      if (exif.get().has(TiffTag.MAKER_NOTE)) {
        // its bytes are kept, but offsets in them count from where they were
        left.add("maker-note");
      }
      if (exif.get().isStrange()) {
        left.add("exif");
      }
    }
    return new ArrayList<>(left);
  }

  private static Optional<String> nameOf(TiffDirectory directory, int tag, ImageMetadata kept)
      throws ImageDecodeException {
    if (TiffTag.STRUCTURE.contains(tag) || tag == TiffTag.RESOLUTION_UNIT) {
      return Optional.empty();
    }
    if (tag == TiffTag.ORIENTATION && directory.number(tag, 1) == 1) {
      return Optional.empty();
    }
    if ((tag == TiffTag.X_RESOLUTION || tag == TiffTag.Y_RESOLUTION) && isSquare(directory)) {
      return Optional.empty();
    }
    Kept home = KEPT.get(tag);
    if (home != null) {
      return kept.find(home.chunk()).isPresent() ? Optional.empty() : Optional.of(home.name());
    }
    if (tag == TiffTag.XMP) {
      return kept.hasText(ImageMetadata.XMP_KEYWORD) ? Optional.empty() : Optional.of("xmp");
    }
    String keyword = TiffMetadata.KEYWORDS.get(tag);
    if (keyword != null) {
      return kept.hasText(keyword)
          ? Optional.empty()
          : Optional.of(tag == TiffTag.IMAGE_DESCRIPTION ? "description" : "text");
    }
    return Optional.of(DROPPED.getOrDefault(tag, tag < FIRST_PRIVATE ? "tags" : "private-tags"));
  }

  /** Whether the resolution has no unit, and says no more than that pixels are square. */
  private static boolean isSquare(TiffDirectory directory) throws ImageDecodeException {
    return directory.number(TiffTag.RESOLUTION_UNIT, 0) == NO_UNIT
        && directory
            .rational(TiffTag.X_RESOLUTION)
            .equals(directory.rational(TiffTag.Y_RESOLUTION));
  }

  private static Map<Integer, String> dropped() {
    Map<Integer, String> names = new HashMap<>();
    for (int tag : new int[] {33_550, 33_920, 33_922, 34_264, 34_735, 34_736, 34_737}) {
      names.put(tag, "geotiff");
    }
    names.put(42_112, "gdal");
    names.put(42_113, "gdal");
    names.put(33_723, "iptc");
    names.put(34_377, "photoshop");
    names.put(37_724, "photoshop");
    names.put(TiffTag.PAGE_NUMBER, "pages");
    return names;
  }
}
