package dev.darkroom.compression.image.bmp;

import java.util.Optional;

/** Pixels of a bitmap that hold red, green, blue and perhaps alpha, in some bits each. */
final class BmpColors {
  private static final int[] MASKS_OF_16 = {0x7C00, 0x3E0, 0x1F, 0};
  private static final int[] MASKS_OF_32 = {0xFF0000, 0xFF00, 0xFF, 0};

  private final byte[] file;
  private final BmpHeader header;
  private final int[] masks;

  BmpColors(byte[] file, BmpHeader header) {
    this.file = file;
    this.header = header;
    boolean masked =
        header.compression() == BmpHeader.MASKED
            || header.compression() == BmpHeader.MASKED_WITH_ALPHA;
    masks = masked ? header.masks() : header.bits() == 16 ? MASKS_OF_16 : MASKS_OF_32;
  }

  /** Whether 8 bits hold each sample exactly: a scale of 1, 2, 4 or 8 bits divides 255. */
  boolean isExact() {
    int all = 0;
    for (int i = 0; i < channels(); i++) {
      int shift = Integer.numberOfTrailingZeros(masks[i]);
      int bits = Integer.bitCount(masks[i]);
      boolean together = masks[i] != 0 && masks[i] >>> shift == (1L << bits) - 1;
      boolean whole = bits == 1 || bits == 2 || bits == 4 || bits == 8;
      if (!together || !whole || (all & masks[i]) != 0) {
        return false;
      }
      all |= masks[i];
    }
    return true;
  }

  /** The channels that the masks tell of. */
  int channels() {
    return masks[3] != 0 ? 4 : 3;
  }

  /** Whether the bits of no mask are the same in all pixels. */
  boolean isRestConstant() {
    int used = masks[0] | masks[1] | masks[2] | masks[3];
    int rest = header.bits() == 32 ? ~used : ~used & (1 << header.bits()) - 1;
    if (rest == 0) {
      return true;
    }
    int first = pixel(header.top()) & rest;
    for (int y = 0; y < header.height(); y++) {
      int at = header.top() + y * header.step();
      for (int x = 0; x < header.width(); x++) {
        if ((pixel(at) & rest) != first) {
          return false;
        }
        at += header.bits() / 8;
      }
    }
    return true;
  }

  /** For each sample the offset of its byte in the pixel, where each has a byte of its own. */
  Optional<byte[]> offsets() {
    byte[] offsets = new byte[channels()];
    for (int i = 0; i < offsets.length; i++) {
      int shift = Integer.numberOfTrailingZeros(masks[i]);
      if (shift % 8 != 0 || masks[i] >>> shift != 0xFF) {
        return Optional.empty();
      }
      offsets[i] = (byte) (shift / 8);
    }
    return Optional.of(offsets);
  }

  /** The samples scaled to 8 bits, rows from top to bottom. */
  byte[] read() {
    int channels = channels();
    byte[] samples = new byte[Math.multiplyExact(header.width() * header.height(), channels)];
    int target = 0;
    for (int y = 0; y < header.height(); y++) {
      int at = header.top() + y * header.step();
      for (int x = 0; x < header.width(); x++) {
        int pixel = pixel(at);
        for (int i = 0; i < channels; i++) {
          int shift = Integer.numberOfTrailingZeros(masks[i]);
          int most = masks[i] >>> shift;
          samples[target++] = (byte) (((pixel & masks[i]) >>> shift) * (255 / most));
        }
        at += header.bits() / 8;
      }
    }
    return samples;
  }

  private int pixel(int at) {
    int pixel = 0;
    for (int i = 0; i < header.bits() / 8; i++) {
      pixel |= (file[at + i] & 0xFF) << 8 * i;
    }
    return pixel;
  }
}
