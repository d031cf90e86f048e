package dev.darkroom.compression.image.gif;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a GIF file says of its first frame, however odd the rest of it is, and whether the rest is
 * in order. Not thread-safe; read once.
 */
public final class GifScan {
  private static final int SCREEN_END = 13;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int COMMENT = 0xFE;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;

  private final byte[] file;
  private final ByteArrayOutputStream lengths = new ByteArrayOutputStream();
  private int position = SCREEN_END;
  private byte[] palette = {};
  private int transparent = -1;
  private int nextTransparent = -1;
  private int descriptor = -1;
  private int dataStart = -1;
  private int dataEnd = -1;
  private int frames;
  private int end = -1;
  private boolean comments;
  private boolean applications;
  private Optional<ImageDecodeException> damage = Optional.empty();

  private GifScan(byte[] file) {
    this.file = file;
  }

  /** Reads a file that begins as GIF files do. */
  public static GifScan of(byte[] file) {
    GifScan scan = new GifScan(file);
    try {
      scan.read();
    } catch (ImageDecodeException e) {
      scan.damage = Optional.of(e);
    }
    return scan;
  }

  /** What is wrong with the file: it is cut short, or has blocks that there are not. */
  public Optional<ImageDecodeException> damage() {
    return damage;
  }

  /** How many frames there are, as far as the file can be read. */
  public int frames() {
    return frames;
  }

  /** Whether there is a first frame whose data are whole. */
  public boolean hasFrame() {
    return dataEnd >= 0;
  }

  /** Whether the first frame fills the screen. */
  public boolean isFull() {
    return u16(descriptor) == 0
        && u16(descriptor + 2) == 0
        && width() == u16(6)
        && height() == u16(8);
  }

  /** The first frame's width in pixels; 0 or more. */
  public int width() {
    return u16(descriptor + 4);
  }

  /** The first frame's height in pixels; 0 or more. */
  public int height() {
    return u16(descriptor + 6);
  }

  /** Whether the first frame's rows come in four passes. */
  public boolean isInterlaced() {
    return (file[descriptor + 8] & 0x40) != 0;
  }

  /** The first frame's colours, 3 bytes each: 2 to 256, or none. */
  public byte[] palette() {
    return palette.clone();
  }

  /** The index that is transparent in the first frame, or -1. */
  public int transparent() {
    return transparent;
  }

  /** Bits of a pixel in the first frame's data, as the byte before them says. */
  public int codeSize() {
    return file[dataStart - 1] & 0xFF;
  }

  /** The index of the length of the first frame's first sub-block. */
  public int dataStart() {
    return dataStart;
  }

  /** The index behind the first frame's last sub-block, where a length of 0 should stand. */
  public int dataEnd() {
    return dataEnd;
  }

  /** The length of each sub-block of the first frame, a byte each. */
  public byte[] lengths() {
    return lengths.toByteArray();
  }

  /** The content of the first frame's sub-blocks. */
  public byte[] data() {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int at = dataStart;
    for (byte length : lengths.toByteArray()) {
      data.write(file, at + 1, length & 0xFF);
      at += 1 + (length & 0xFF);
    }
    return data.toByteArray();
  }

  /** Whether there are comments. */
  public boolean hasComments() {
    return comments;
  }

  /** Whether there is data of some application, or text to be drawn. */
  public boolean hasApplicationData() {
    return applications;
  }

  /** Whether bytes follow the end of the file that its blocks make up. */
  public boolean hasTrailingBytes() {
    return end >= 0 && end < file.length;
  }

  private void read() throws ImageDecodeException {
    palette = colors(at(10));
    while (true) {
      int block = at(position++);
      if (block == TRAILER) {
        end = position;
        break;
      }
      if (block == EXTENSION) {
        extension();
      } else if (block == IMAGE) {
        frame();
      } else {
        throw new ImageDecodeException(ErrorType.CORRUPT, "the GIF has an unknown block " + block);
      }
    }
    if (frames == 0) {
      throw new ImageDecodeException(ErrorType.CORRUPT, "the GIF has no frame");
    }
  }

  private void extension() throws ImageDecodeException {
    int label = at(position++);
    if (label == GRAPHIC_CONTROL && at(position) >= 4) {
      nextTransparent = (at(position + 1) & 1) == 0 ? -1 : at(position + 4);
    } else if (label == COMMENT) {
      comments = true;
    } else {
      applications = true;
    }
    while (at(position) > 0) {
      position += 1 + at(position);
    }
    position++;
  }

  private void frame() throws ImageDecodeException {
    boolean first = frames == 0;
    int start = position;
    int flags = at(start + 8);
    position = start + 9;
    byte[] local = colors(flags);
    at(position++);
    if (first) {
      descriptor = start;
      dataStart = position;
      transparent = nextTransparent;
      palette = local.length > 0 ? local : palette;
    }
    nextTransparent = -1;
    frames++;
    while (position < file.length && at(position) > 0) {
      int length = at(position);
      if (length >= file.length - position) {
        throw truncated();
      }
      if (first) {
        lengths.write(length);
      }
      position += 1 + length;
    }
    if (first) {
      dataEnd = position;
    }
    at(position++);
  }

  private byte[] colors(int flags) throws ImageDecodeException {
    if ((flags & 0x80) == 0) {
      return new byte[0];
    }
    int from = position;
    position += 3 * (2 << (flags & 7));
    if (position > file.length) {
      throw truncated();
    }
    return Arrays.copyOfRange(file, from, position);
  }

  private int u16(int index) {
    return file[index] & 0xFF | (file[index + 1] & 0xFF) << 8;
  }

  private int at(int index) throws ImageDecodeException {
    if (index >= file.length) {
      throw truncated();
    }
    return file[index] & 0xFF;
  }

  private static ImageDecodeException truncated() {
    return new ImageDecodeException(ErrorType.TRUNCATED, "the GIF ends before its trailer");
  }
}
