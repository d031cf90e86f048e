package dev.darkroom.compression.image.tiff;

import java.util.Set;

/** The numbers of fields that are read here (TIFF 6.0, Exif 2.32, and common private ones). */
public final class TiffTag {
  static final int SUBFILE_TYPE = 254;
  static final int OLD_SUBFILE_TYPE = 255;
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int THRESHHOLDING = 263;
  static final int CELL_WIDTH = 264;
  static final int CELL_HEIGHT = 265;
  static final int FILL_ORDER = 266;
  static final int DOCUMENT_NAME = 269;
  static final int IMAGE_DESCRIPTION = 270;
  static final int MAKE = 271;
  static final int MODEL = 272;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTE_COUNTS = 279;
  static final int MIN_SAMPLE_VALUE = 280;
  static final int MAX_SAMPLE_VALUE = 281;
  static final int X_RESOLUTION = 282;
  static final int Y_RESOLUTION = 283;
  static final int PLANAR_CONFIGURATION = 284;
  static final int FREE_OFFSETS = 288;
  static final int FREE_BYTE_COUNTS = 289;
  static final int RESOLUTION_UNIT = 296;
  static final int PAGE_NUMBER = 297;
  static final int SOFTWARE = 305;
  static final int DATE_TIME = 306;
  static final int ARTIST = 315;
  static final int HOST_COMPUTER = 316;
  static final int PREDICTOR = 317;
  static final int COLOR_MAP = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_LENGTH = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTE_COUNTS = 325;
  static final int SUB_DIRECTORIES = 330;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  static final int XMP = 700;
  static final int IMAGE_DEPTH = 32_997;
  static final int TILE_DEPTH = 32_998;
  static final int COPYRIGHT = 33_432;
  static final int EXIF = 34_665;
  static final int ICC_PROFILE = 34_675;
  static final int GPS = 34_853;
  static final int INTEROPERABILITY = 40_965;
  static final int MAKER_NOTE = 37_500;

  /** What says how the samples are stored, which restored pixels need not repeat. */
  static final Set<Integer> STRUCTURE =
      Set.of(
          SUBFILE_TYPE,
          OLD_SUBFILE_TYPE,
          WIDTH,
          HEIGHT,
          BITS_PER_SAMPLE,
          COMPRESSION,
          PHOTOMETRIC,
          THRESHHOLDING,
          CELL_WIDTH,
          CELL_HEIGHT,
          FILL_ORDER,
          STRIP_OFFSETS,
          SAMPLES_PER_PIXEL,
          ROWS_PER_STRIP,
          STRIP_BYTE_COUNTS,
          MIN_SAMPLE_VALUE,
          MAX_SAMPLE_VALUE,
          PLANAR_CONFIGURATION,
          FREE_OFFSETS,
          FREE_BYTE_COUNTS,
          PREDICTOR,
          COLOR_MAP,
          TILE_WIDTH,
          TILE_LENGTH,
          TILE_OFFSETS,
          TILE_BYTE_COUNTS,
          EXTRA_SAMPLES,
          SAMPLE_FORMAT,
          IMAGE_DEPTH,
          TILE_DEPTH);

  private TiffTag() {}
}
