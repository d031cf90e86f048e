package dev.darkroom.compression.image;

import java.util.Locale;
import java.util.Optional;

/**
 * The formats of image files that are known here: those that are decoded, and those that are not.
 */
public enum ImageFormat {
  /** Portable Network Graphics. */
  PNG("PNG", "png", true),
  /** Windows bitmap. */
  BMP("BMP", "bmp", true),
  /** Tagged Image File Format, either byte order; not BigTIFF. */
  TIFF("TIFF", "tiff", true),
  /** Graphics Interchange Format. */
  GIF("GIF", "gif", true),
  /** WebP, lossy and lossless. */
  WEBP("WebP", "webp", true),
  /** JPEG. */
  JPEG("JPEG", "jpg", true),

  /** HEVC in a HEIF container, as telephones write it. */
  HEIC("HEIC", "heic"),
  /** A HEIF container of another codec, or of several. */
  HEIF("HEIF", "heif"),
  /** AV1 in a HEIF container. */
  AVIF("AVIF", "avif"),
  /** JPEG XL, as a codestream or in its container. */
  JXL("JPEG XL", "jxl"),
  /** JPEG 2000, as a codestream or in its container. */
  JPEG2000("JPEG 2000", "jp2"),
  /** JPEG-LS. */
  JPEGLS("JPEG-LS", "jls"),
  /** JPEG XR. */
  JXR("JPEG XR", "jxr"),
  /** TIFF with offsets of 64 bits. */
  BIGTIFF("BigTIFF", "tif"),
  /** Adobe's raw format. */
  DNG("DNG", "dng"),
  /** Canon's raw formats, the newest first. */
  CR3("Canon CR3", "cr3"),
  /** See {@link #CR3}. */
  CR2("Canon CR2", "cr2"),
  /** See {@link #CR3}. */
  CRW("Canon CRW", "crw"),
  /** Olympus's raw format. */
  ORF("Olympus ORF", "orf"),
  /** Panasonic's raw format. */
  RW2("Panasonic RW2", "rw2"),
  /** Fujifilm's raw format. */
  RAF("Fujifilm RAF", "raf"),
  /** Sigma's raw format. */
  X3F("Sigma X3F", "x3f"),
  /** Minolta's raw format. */
  MRW("Minolta MRW", "mrw"),
  /** Windows icons. */
  ICO("ICO", "ico"),
  /** Windows cursors. */
  CUR("CUR", "cur"),
  /** Apple icons. */
  ICNS("ICNS", "icns"),
  /** Photoshop documents, small and large. */
  PSD("Photoshop", "psd"),
  /** GIMP documents. */
  XCF("GIMP", "xcf"),
  /** DirectDraw surfaces. */
  DDS("DDS", "dds"),
  /** Khronos textures. */
  KTX("KTX", "ktx"),
  /** ZSoft Paintbrush. */
  PCX("PCX", "pcx"),
  /** Quite OK Image. */
  QOI("QOI", "qoi"),
  /** Truevision TGA of the second version, which ends with a signature; the first has none. */
  TGA("TGA", "tga"),
  /** Netpbm: P1 to P7. */
  PNM("PNM", "pnm"),
  /** Netpbm's floating-point sibling. */
  PFM("PFM", "pfm"),
  /** Scalable Vector Graphics. */
  SVG("SVG", "svg"),
  /** OpenEXR. */
  EXR("OpenEXR", "exr"),
  /** Radiance RGBE. */
  HDR("Radiance HDR", "hdr"),
  /** Free Lossless Image Format. */
  FLIF("FLIF", "flif"),
  /** Better Portable Graphics. */
  BPG("BPG", "bpg"),
  /** Animated relative of PNG. */
  MNG("MNG", "mng"),
  /** JPEG relative of PNG. */
  JNG("JNG", "jng"),
  /** Silicon Graphics images. */
  SGI("SGI", "sgi"),
  /** Farbfeld. */
  FARBFELD("farbfeld", "ff"),
  /** DjVu documents. */
  DJVU("DjVu", "djvu"),
  /** Windows metafiles. */
  WMF("WMF", "wmf"),
  /** Enhanced Windows metafiles. */
  EMF("EMF", "emf"),
  /** X pixmaps. */
  XPM("XPM", "xpm"),
  /** Medical images. */
  DICOM("DICOM", "dcm"),
  /** Astronomical images. */
  FITS("FITS", "fits");

  private final String title;
  private final String extension;
  private final boolean decoded;

  ImageFormat(String title, String extension) {
    this(title, extension, false);
  }

  ImageFormat(String title, String extension, boolean decoded) {
    this.title = title;
    this.extension = extension;
    this.decoded = decoded;
  }

  /** The usual extension of file names, without a dot. */
  public String extension() {
    return extension;
  }

  /** The name used in tables: {@code png}, {@code bmp}, {@code tiff} ... */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name that people use. */
  public String title() {
    return title;
  }

  /** Whether files of this format are decoded here; those of others are recognised alone. */
  public boolean isDecoded() {
    return decoded;
  }

  /** The format that a file's content announces, whatever its name says. */
  public static Optional<ImageFormat> sniff(byte[] file) {
    return FormatSignatures.match(file);
  }
}
