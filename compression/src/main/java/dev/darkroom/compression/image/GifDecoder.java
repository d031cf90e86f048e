package dev.darkroom.compression.image;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.io.IOException;

/** Decodes GIF files with one frame that fills the screen. */
final class GifDecoder {
  private static final int SCREEN_END = 13;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;

  private final byte[] file;
  private int position;

  private GifDecoder(byte[] file) {
    this.file = file;
  }

  static DecodedImage decode(byte[] file, DecodeLimits limits)
      throws IOException, ImageDecodeException {
    new GifDecoder(file).requireOneFullFrame();
    return new DecodedImage(
        ImageIoRaster.read(ReaderProviders.gif(), file, limits),
        ImageFormat.GIF,
        false,
        ImageMetadata.NONE);
  }

  private void requireOneFullFrame() throws ImageDecodeException {
    position = SCREEN_END;
    skipColorTable(at(10));
    int frames = 0;
    boolean full = true;
    while (true) {
      int block = next();
      if (block == TRAILER) {
        break;
      }
      if (block == EXTENSION) {
        next();
      } else if (block == IMAGE) {
        frames++;
        full &= u16(position) == 0 && u16(position + 2) == 0;
        full &= u16(position + 4) == u16(6) && u16(position + 6) == u16(8);
        int flags = at(position + 8);
        position += 9;
        skipColorTable(flags);
        next();
      } else {
        throw new ImageDecodeException(ErrorType.CORRUPT, "the GIF has an unknown block " + block);
      }
      skipSubBlocks();
    }
    if (frames == 0) {
      throw new ImageDecodeException(ErrorType.CORRUPT, "the GIF has no frame");
    }
    if (frames > 1 || !full) {
      throw new ImageDecodeException(
          ErrorType.NOT_ONE_RASTER,
          "the GIF has %d frames, or one that does not fill its screen; keep its original bytes"
              .formatted(frames));
    }
  }

  private void skipColorTable(int flags) {
    if ((flags & 0x80) != 0) {
      position += 3 * (2 << (flags & 7));
    }
  }

  private void skipSubBlocks() throws ImageDecodeException {
    int length;
    do {
      length = next();
      position += length;
    } while (length > 0);
  }

  private int next() throws ImageDecodeException {
    return at(position++);
  }

  private int u16(int index) throws ImageDecodeException {
    return at(index) | at(index + 1) << 8;
  }

  private int at(int index) throws ImageDecodeException {
    if (index >= file.length) {
      throw new ImageDecodeException(ErrorType.TRUNCATED, "the GIF ends before its trailer");
    }
    return file[index] & 0xFF;
  }
}
