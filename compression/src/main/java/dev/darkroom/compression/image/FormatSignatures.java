package dev.darkroom.compression.image;

import static java.util.Map.entry;

import dev.darkroom.compression.image.tiff.TiffDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** By what content each {@link ImageFormat} is told from the others. */
final class FormatSignatures {
  /** First bytes, as Latin-1, that are enough. */
  private static final List<Map.Entry<String, ImageFormat>> PREFIXES =
      List.of(
          entry("\u0089PNG\r\n\u001a\n", ImageFormat.PNG),
          entry("GIF87a", ImageFormat.GIF),
          entry("GIF89a", ImageFormat.GIF),
          entry("II+\0", ImageFormat.BIGTIFF),
          entry("MM\0+", ImageFormat.BIGTIFF),
          entry("II\u00bc", ImageFormat.JXR),
          entry("IIRO", ImageFormat.ORF),
          entry("IIRS", ImageFormat.ORF),
          entry("MMOR", ImageFormat.ORF),
          entry("IIU\0", ImageFormat.RW2),
          entry("FUJIFILMCCD-RAW", ImageFormat.RAF),
          entry("FOVb", ImageFormat.X3F),
          entry("\0MRM", ImageFormat.MRW),
          entry("\u00ff\n", ImageFormat.JXL),
          entry("\0\0\0\u000cJXL \r\n\u0087\n", ImageFormat.JXL),
          entry("\0\0\0\u000cjP  \r\n\u0087\n", ImageFormat.JPEG2000),
          entry("\u00ffO\u00ffQ", ImageFormat.JPEG2000),
          entry("icns", ImageFormat.ICNS),
          entry("8BPS", ImageFormat.PSD),
          entry("gimp xcf", ImageFormat.XCF),
          entry("DDS ", ImageFormat.DDS),
          entry("\u00abKTX ", ImageFormat.KTX),
          entry("qoif", ImageFormat.QOI),
          entry("v/1\u0001", ImageFormat.EXR),
          entry("#?RADIANCE", ImageFormat.HDR),
          entry("#?RGBE", ImageFormat.HDR),
          entry("FLIF", ImageFormat.FLIF),
          entry("BPG\u00fb", ImageFormat.BPG),
          entry("\u008aMNG\r\n\u001a\n", ImageFormat.MNG),
          entry("\u008bJNG\r\n\u001a\n", ImageFormat.JNG),
          entry("\u0001\u00da\0\u0001", ImageFormat.SGI),
          entry("\u0001\u00da\u0001\u0001", ImageFormat.SGI),
          entry("farbfeld", ImageFormat.FARBFELD),
          entry("AT&TFORM", ImageFormat.DJVU),
          entry("\u00d7\u00cd\u00c6\u009a", ImageFormat.WMF),
          entry("/* XPM */", ImageFormat.XPM),
          entry("SIMPLE  =", ImageFormat.FITS));

  private static final Map<String, ImageFormat> BRANDS =
      Map.ofEntries(
          entry("heic", ImageFormat.HEIC),
          entry("heix", ImageFormat.HEIC),
          entry("heim", ImageFormat.HEIC),
          entry("heis", ImageFormat.HEIC),
          entry("hevc", ImageFormat.HEIC),
          entry("hevx", ImageFormat.HEIC),
          entry("hevm", ImageFormat.HEIC),
          entry("hevs", ImageFormat.HEIC),
          entry("avif", ImageFormat.AVIF),
          entry("avis", ImageFormat.AVIF),
          entry("crx ", ImageFormat.CR3),
          entry("jxl ", ImageFormat.JXL),
          entry("jp2 ", ImageFormat.JPEG2000));

  /** Brands that say HEIF, and leave the codec to the others. */
  private static final Set<String> CONTAINER_BRANDS = Set.of("mif1", "msf1", "mif2", "heif");

  private static final int BRANDS_AT = 8;
  private static final int MOST_BRANDS = 32;
  private static final int DNG_VERSION = 50_706;
  private static final int MARKUP_BYTES = 4096;
  private static final Pattern SVG =
      Pattern.compile("(\u00ef\u00bb\u00bf)?\\s*<(\\?xml|!|svg|[a-z]+:svg).*", Pattern.DOTALL);
  private static final Pattern SVG_ROOT = Pattern.compile("<([a-z]+:)?svg[\\s>]");
  private static final Pattern PNM = Pattern.compile("P[1-7]\\s[\\s\\S]*");
  private static final Pattern PFM = Pattern.compile("P[Ff]\\n[\\s\\S]*");
  private static final String TGA_FOOTER = "TRUEVISION-XFILE.\0";

  private final byte[] file;

  private FormatSignatures(byte[] file) {
    this.file = file;
  }

  static Optional<ImageFormat> match(byte[] file) {
    return new FormatSignatures(file).match();
  }

  private Optional<ImageFormat> match() {
    if (hasAt(0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(isJpegLs() ? ImageFormat.JPEGLS : ImageFormat.JPEG);
    }
    if (hasAt(0, "RIFF") && hasAt(8, "WEBP")) {
      return Optional.of(ImageFormat.WEBP);
    }
    if (hasAt(0, "II*\0") || hasAt(0, "MM\0*")) {
      return Optional.of(tiffKind());
    }
    for (Map.Entry<String, ImageFormat> prefix : PREFIXES) {
      if (hasAt(0, prefix.getKey())) {
        return Optional.of(prefix.getValue());
      }
    }
    if (hasAt(4, "ftyp")) {
      return brand();
    }
    if (hasAt(6, "HEAPCCDR")) {
      return Optional.of(ImageFormat.CRW);
    }
    if (hasAt(128, "DICM")) {
      return Optional.of(ImageFormat.DICOM);
    }
    if (hasAt(0, "\u0001\0\0\0") && hasAt(40, " EMF")) {
      return Optional.of(ImageFormat.EMF);
    }
    if (hasAt(file.length - TGA_FOOTER.length(), TGA_FOOTER)) {
      return Optional.of(ImageFormat.TGA);
    }
    if (isIconDirectory()) {
      return Optional.of(file[2] == 1 ? ImageFormat.ICO : ImageFormat.CUR);
    }
    if (isPcx()) {
      return Optional.of(ImageFormat.PCX);
    }
    return textKind().or(() -> hasAt(0, "BM") ? Optional.of(ImageFormat.BMP) : Optional.empty());
  }

  private boolean isJpegLs() {
    return JpegHeader.find(file).filter(JpegHeader::isJpegLs).isPresent();
  }

  private ImageFormat tiffKind() {
    if (hasAt(8, "CR")) {
      return ImageFormat.CR2;
    }
    try {
      return TiffDecoder.hasField(file, DNG_VERSION) ? ImageFormat.DNG : ImageFormat.TIFF;
    } catch (ImageDecodeException | RuntimeException e) {
      // a damaged directory: whoever decodes it says so
      return ImageFormat.TIFF;
    }
  }

  /** The format by the brands of an ISO base media file (ISO/IEC 14496-12, 4.3), if it is one. */
  private Optional<ImageFormat> brand() {
    boolean container = false;
    long end = Math.min(file.length, ByteBuffer.wrap(file).getInt(0) & 0xFFFF_FFFFL);
    for (int i = 0; i < MOST_BRANDS && BRANDS_AT + 4L * i + 4 <= end; i++) {
      if (i == 1) {
        continue; // the minor version
      }
      String brand = new String(file, BRANDS_AT + 4 * i, 4, StandardCharsets.ISO_8859_1);
      if (BRANDS.containsKey(brand)) {
        return Optional.of(BRANDS.get(brand));
      }
      container |= CONTAINER_BRANDS.contains(brand);
    }
    return container ? Optional.of(ImageFormat.HEIF) : Optional.empty();
  }

  /** Icons have no signature to speak of: the first entry's image must lie in the file. */
  private boolean isIconDirectory() {
    if (file.length < 22 || !hasAt(0, "\0\0") || file[2] < 1 || file[2] > 2 || file[3] != 0) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long size = in.getInt(14) & 0xFFFF_FFFFL;
    long start = in.getInt(18) & 0xFFFF_FFFFL;
    return in.getShort(4) > 0 && file[9] == 0 && size > 0 && start >= 22 && start < file.length;
  }

  private boolean isPcx() {
    return file.length >= 128
        && file[0] == 10
        && file[1] >= 0
        && file[1] <= 5
        && file[2] == 1
        && (file[3] == 1 || file[3] == 2 || file[3] == 4 || file[3] == 8)
        && file[64] == 0;
  }

  private Optional<ImageFormat> textKind() {
    int length = Math.min(file.length, MARKUP_BYTES);
    String start = new String(file, 0, length, StandardCharsets.ISO_8859_1);
    if (SVG.matcher(start).matches() && SVG_ROOT.matcher(start).find()) {
      return Optional.of(ImageFormat.SVG);
    }
    if (PNM.matcher(start).matches()) {
      return Optional.of(ImageFormat.PNM);
    }
    return PFM.matcher(start).matches() ? Optional.of(ImageFormat.PFM) : Optional.empty();
  }

  private boolean hasAt(int offset, String latin1) {
    return hasAt(file, offset, latin1);
  }

  /** Whether a file has some bytes, given as Latin-1, at a place. */
  static boolean hasAt(byte[] file, int offset, String latin1) {
    if (offset < 0 || file.length - latin1.length() < offset) {
      return false;
    }
    for (int i = 0; i < latin1.length(); i++) {
      if ((file[offset + i] & 0xFF) != latin1.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
