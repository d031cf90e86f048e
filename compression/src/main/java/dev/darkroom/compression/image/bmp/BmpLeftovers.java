package dev.darkroom.compression.image.bmp;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageMetadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What a bitmap holds beside its pixels that the metadata kept of it do not. */
public final class BmpLeftovers {
  private static final int V4_HEADER = 108;
  private static final int V5_HEADER = 124;
  private static final int COLOR_SPACE = BmpHeader.FILE_HEADER + 56;
  private static final int CALIBRATION = BmpHeader.FILE_HEADER + 60;
  private static final int CALIBRATION_BYTES = 48;
  private static final int CALIBRATED = 0;
  private static final int LINKED_PROFILE = 0x4C49_4E4B;
  private static final int EMBEDDED_PROFILE = 0x4D42_4544;
  private static final int PROFILE_DATA = BmpHeader.FILE_HEADER + 112;
  private static final int ALIGNMENT = 4;

  private BmpLeftovers() {}

  /**
   * Short names of what is left behind, sorted.
   *
   * @param file a file that {@link BmpDecoder} decodes
   * @param kept what is kept of it
   */
  public static List<String> of(byte[] file, ImageMetadata kept) throws ImageDecodeException {
    BmpHeader header = BmpHeader.read(file);
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<String> left = new ArrayList<>();
    int space = header.size() >= V4_HEADER ? in.getInt(COLOR_SPACE) : -1;
    if (space == CALIBRATED && isSet(file)) {
      left.add("calibration");
    }
    long end = header.pixels();
    if (header.size() >= V5_HEADER && (space == EMBEDDED_PROFILE || space == LINKED_PROFILE)) {
      end = BmpHeader.FILE_HEADER + (in.getInt(PROFILE_DATA) & 0xFFFF_FFFFL);
      end += in.getInt(PROFILE_DATA + 4) & 0xFFFF_FFFFL;
      if (space == LINKED_PROFILE || kept.find("iCCP").isEmpty()) {
        left.add(space == LINKED_PROFILE ? "linked-profile" : "icc");
      }
    }
    boolean open =
        header.compression() == BmpHeader.RAW
            || header.compression() == BmpHeader.MASKED
            || header.compression() == BmpHeader.MASKED_WITH_ALPHA;
    long rowBytes = ((long) header.width() * header.bits() + 31) / 32 * 4;
    long pixelsEnd = header.pixels() + rowBytes * header.height();
    if (open && Math.max(end, pixelsEnd) + ALIGNMENT <= file.length) {
      left.add("trailing-bytes");
    }
    return left;
  }

  private static boolean isSet(byte[] file) {
    for (int i = CALIBRATION; i < CALIBRATION + CALIBRATION_BYTES; i++) {
      if (file[i] != 0) {
        return true;
      }
    }
    return false;
  }
}
