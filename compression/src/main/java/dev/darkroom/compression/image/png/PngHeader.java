package dev.darkroom.compression.image.png;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.SampleForm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of the IHDR chunk.
 *
 * @param width pixels per row, 1 or more
 * @param height rows, 1 or more
 * @param depth bits per sample as stored: 1, 2, 4, 8 or 16
 * @param colorType {@link #GREY}, {@link #RGB}, {@link #PALETTE}, {@link #GREY_ALPHA} or {@link
 *     #RGBA}
 * @param interlaced whether the rows come in the seven passes of Adam7
 */
public record PngHeader(int width, int height, int depth, int colorType, boolean interlaced) {
  /** Grey samples. */
  public static final int GREY = 0;

  /** Red, green and blue samples. */
  public static final int RGB = 2;

  /** Palette indices. */
  public static final int PALETTE = 3;

  /** Grey and alpha samples. */
  public static final int GREY_ALPHA = 4;

  /** Red, green, blue and alpha samples. */
  public static final int RGBA = 6;

  private static final int BYTES = 13;

  /** Every how many columns and rows a pass takes one, and from which on. */
  record Pass(int firstColumn, int firstRow, int columnStep, int rowStep, int width, int height) {}

  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  static PngHeader parse(byte[] data) throws ImageDecodeException {
    if (data.length != BYTES) {
      throw corrupt("IHDR has " + data.length + " bytes, not 13");
    }
    ByteBuffer in = ByteBuffer.wrap(data);
    int width = in.getInt();
    int height = in.getInt();
    int depth = in.get();
    int colorType = in.get();
    if (width < 1 || height < 1) {
      throw corrupt("IHDR has a side of 0 or over 2^31 - 1");
    }
    if (!isValid(depth, colorType)) {
      throw corrupt("IHDR has colour type " + colorType + " with bit depth " + depth);
    }
    if (in.getShort() != 0) {
      throw corrupt("IHDR has an unknown compression or filter method");
    }
    int interlace = in.get();
    if (interlace != 0 && interlace != 1) {
      throw corrupt("IHDR has an unknown interlace method");
    }
    return new PngHeader(width, height, depth, colorType, interlace == 1);
  }

  /** The header of a raster in a form, or as it is; not interlaced. */
  static PngHeader of(RasterImage raster, Optional<SampleForm> form) {
    int colorType =
        switch (raster.channels()) {
          case 1 -> form.map(SampleForm::isPalette).orElse(false) ? PALETTE : GREY;
          case 2 -> GREY_ALPHA;
          case 3 -> RGB;
          default -> RGBA;
        };
    int depth = form.map(SampleForm::bitDepth).orElse(raster.bitDepth());
    return new PngHeader(raster.width(), raster.height(), depth, colorType, false);
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putInt(width)
        .putInt(height)
        .put((byte) depth)
        .put((byte) colorType)
        .putShort((short) 0)
        .put((byte) (interlaced ? 1 : 0))
        .array();
  }

  /** The number of samples that a pixel stores: 1 to 4. */
  int storedChannels() {
    return switch (colorType) {
      case RGB -> 3;
      case GREY_ALPHA -> 2;
      case RGBA -> 4;
      default -> 1;
    };
  }

  /** The bytes that a row of so many pixels takes, without its filter type. */
  long rowBytes(int pixels) {
    return ((long) pixels * storedChannels() * depth + 7) / 8;
  }

  /** How many bytes back the filters find the corresponding byte of the pixel before. */
  int filterDistance() {
    return Math.max(1, storedChannels() * depth / 8);
  }

  /** The passes that have pixels, one where the image is not interlaced. */
  List<Pass> passes() {
    if (!interlaced) {
      return List.of(new Pass(0, 0, 1, 1, width, height));
    }
    List<Pass> passes = new ArrayList<>();
    for (int[] pass : ADAM7) {
      int columns = (width - pass[0] + pass[2] - 1) / pass[2];
      int rows = (height - pass[1] + pass[3] - 1) / pass[3];
      if (columns > 0 && rows > 0) {
        passes.add(new Pass(pass[0], pass[1], pass[2], pass[3], columns, rows));
      }
    }
    return passes;
  }

  /** The bytes of all rows of all passes with their filter types. */
  public long lineBytes() {
    long bytes = 0;
    for (Pass pass : passes()) {
      bytes += pass.height() * (1 + rowBytes(pass.width()));
    }
    return bytes;
  }

  private static boolean isValid(int depth, int colorType) {
    return switch (colorType) {
      case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case RGB, GREY_ALPHA, RGBA -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  private static ImageDecodeException corrupt(String reason) {
    return new ImageDecodeException(ErrorType.CORRUPT, "not a valid PNG: " + reason);
  }
}
