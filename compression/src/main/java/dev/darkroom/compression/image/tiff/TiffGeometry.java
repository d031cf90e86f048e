package dev.darkroom.compression.image.tiff;

/**
 * How the samples of an image are laid out in segments, which are strips or tiles: one after the
 * other from left to right and from top to bottom, for planes one plane after the other.
 *
 * <p>In memory samples are interleaved by pixel; those of 16 bits are big endian, and those of less
 * than 8 bits take a byte each, as the numbers that they are.
 *
 * @param littleEndian whether the bytes of 16-bit samples are swapped in the file
 * @param width pixels per row of the image, 1 or more
 * @param height rows of the image, 1 or more
 * @param samples samples of a pixel; 1 where they have less than 8 bits
 * @param bits bits of a sample: 1, 2, 4, 8 or 16
 * @param inverted whether 0 in the file is the greatest value in memory
 * @param planes whether each segment has samples of one channel alone
 * @param tiled whether segments at the edges are as large as all others
 * @param segmentWidth pixels per row of a segment; the image's width for strips
 * @param segmentHeight rows of a segment
 */
public record TiffGeometry(
    boolean littleEndian,
    int width,
    int height,
    int samples,
    int bits,
    boolean inverted,
    boolean planes,
    boolean tiled,
    int segmentWidth,
    int segmentHeight) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException where one is out of its range
   */
  public TiffGeometry {
    boolean small = bits == 1 || bits == 2 || bits == 4;
    if (width < 1
        || height < 1
        || segmentWidth < 1
        || segmentHeight < 1
        || samples < 1
        || samples > 4
        || !(small && samples == 1 || bits == 8 || bits == 16)
        || !tiled && segmentWidth != width) {
      throw new IllegalArgumentException("no samples can be laid out like this");
    }
  }

  /** How many segments there are. */
  public long segments() {
    return (long) across() * down() * (planes ? samples : 1);
  }

  /** Samples of a pixel in a segment. */
  public int segmentSamples() {
    return planes ? 1 : samples;
  }

  /** Bytes of a row in a segment. */
  public long rowBytes() {
    return ((long) segmentWidth * segmentSamples() * bits + 7) / 8;
  }

  /** Rows of a segment. */
  public int rows(int segment) {
    return tiled ? segmentHeight : Math.min(segmentHeight, height - top(segment));
  }

  /** Bytes of a segment that is not compressed. */
  public long segmentBytes(int segment) {
    return rowBytes() * rows(segment);
  }

  /** Bytes of a sample in memory. */
  public int sampleBytes() {
    return bits == 16 ? 2 : 1;
  }

  /** Bytes of the image in memory. */
  public long imageBytes() {
    return (long) width * height * samples * sampleBytes();
  }

  /**
   * Puts the samples of a segment where they belong in the image.
   *
   * @param content the segment
   * @param image the image's samples
   */
  void toImage(int segment, byte[] content, byte[] image) {
    int rows = Math.min(rows(segment), height - top(segment));
    for (int y = 0; y < rows; y++) {
      int line = (int) (y * rowBytes());
      if (bits < 8) {
        unpack(content, line, image, target(segment, y), columns(segment));
      } else {
        copy(content, line, image, target(segment, y), segment, true);
      }
    }
  }

  /**
   * A segment with the samples of an image; zeros where it lies beyond the image's edges.
   *
   * @param image the image's samples
   */
  public byte[] toSegment(int segment, byte[] image) {
    byte[] content = new byte[(int) segmentBytes(segment)];
    int rows = Math.min(rows(segment), height - top(segment));
    for (int y = 0; y < rows; y++) {
      int line = (int) (y * rowBytes());
      if (bits < 8) {
        pack(image, target(segment, y), content, line, columns(segment));
      } else {
        copy(content, line, image, target(segment, y), segment, false);
      }
    }
    return content;
  }

  private void copy(
      byte[] content, int line, byte[] image, int target, int segment, boolean toImage) {
    int size = sampleBytes();
    int swap = littleEndian ? size - 1 : 0;
    int invert = inverted ? 0xFF : 0;
    int run = segmentSamples() * size;
    int step = samples * size;
    int there = target + plane(segment) * size;
    int here = line;
    for (int x = columns(segment); x > 0; x--) {
      for (int i = 0; i < run; i++) {
        if (toImage) {
          image[there + i] = (byte) (content[here + (i ^ swap)] ^ invert);
        } else {
          content[here + (i ^ swap)] = (byte) (image[there + i] ^ invert);
        }
      }
      here += run;
      there += step;
    }
  }

  private void unpack(byte[] content, int line, byte[] image, int target, int columns) {
    int greatest = (1 << bits) - 1;
    int invert = inverted ? greatest : 0;
    for (int x = 0; x < columns; x++) {
      int bit = x * bits;
      int value = content[line + bit / 8] >> 8 - bits - bit % 8 & greatest;
      image[target + x] = (byte) (value ^ invert);
    }
  }

  private void pack(byte[] image, int target, byte[] content, int line, int columns) {
    int greatest = (1 << bits) - 1;
    int invert = inverted ? greatest : 0;
    for (int x = 0; x < columns; x++) {
      int bit = x * bits;
      int value = image[target + x] & greatest ^ invert;
      content[line + bit / 8] |= (byte) (value << 8 - bits - bit % 8);
    }
  }

  private int across() {
    return (width - 1) / segmentWidth + 1;
  }

  private int down() {
    return (height - 1) / segmentHeight + 1;
  }

  private int plane(int segment) {
    return segment / (across() * down());
  }

  private int top(int segment) {
    return segment % (across() * down()) / across() * segmentHeight;
  }

  private int left(int segment) {
    return segment % across() * segmentWidth;
  }

  private int columns(int segment) {
    return Math.min(segmentWidth, width - left(segment));
  }

  private int target(int segment, int y) {
    return ((top(segment) + y) * width + left(segment)) * samples * sampleBytes();
  }
}
