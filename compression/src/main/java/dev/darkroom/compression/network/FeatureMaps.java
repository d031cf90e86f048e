package dev.darkroom.compression.network;

import java.util.Arrays;

/**
 * A batch of equally large images of float samples, planar, each with a border of one pixel.
 *
 * <p>A channel's plane holds its images one after the other, each as {@code rows + 2} rows of
 * {@code columns + 2} samples. Before the first and after the last there is a guard, so that a
 * kernel may read the neighbours of every border pixel and write one vector past the end. Borders
 * and guards hold some finite number; who needs a certain one calls {@link #clearBorder()} or
 * {@link #repeatEdge()}. Channels are stored up to the next multiple of 8.
 *
 * <p>Not thread-safe.
 */
public final class FeatureMaps {
  private static final int CHANNEL_BLOCK = 8;
  private static final int LONGEST_VECTOR = 64;

  final float[] data;
  final int pitch;
  final int planeSize;
  final int first;

  private final int channels;
  private final int images;
  private final int rows;
  private final int columns;

  /**
   * Allocates zeros.
   *
   * @param channels 1 or more
   * @param images 1 or more
   * @param rows 1 or more
   * @param columns 1 or more
   * @throws IllegalArgumentException where a size is less than 1
   * @throws ArithmeticException where all together exceed an array's size
   */
  public FeatureMaps(int channels, int images, int rows, int columns) {
    if (channels < 1 || images < 1 || rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "feature maps need 1 or more channels, images, rows and columns, not %d, %d, %d and %d"
              .formatted(channels, images, rows, columns));
    }
    this.channels = channels;
    this.images = images;
    this.rows = rows;
    this.columns = columns;
    pitch = columns + 2;
    first = (pitch + LONGEST_VECTOR) / 16 * 16;
    int area = Math.multiplyExact(images, Math.multiplyExact(rows + 2, pitch));
    planeSize = Math.addExact(area, first + pitch + 1 + LONGEST_VECTOR);
    int stored = (channels + CHANNEL_BLOCK - 1) / CHANNEL_BLOCK * CHANNEL_BLOCK;
    data = new float[Math.multiplyExact(stored, planeSize)];
  }

  /** The number of channels. */
  public int channels() {
    return channels;
  }

  /** The number of images. */
  public int images() {
    return images;
  }

  /** The number of rows of each image, without the border. */
  public int rows() {
    return rows;
  }

  /** The number of columns of each image, without the border. */
  public int columns() {
    return columns;
  }

  /** The samples; {@link #index} says where. */
  public float[] data() {
    return data;
  }

  /** The index in {@link #data()} of the first sample of a row, without the border. */
  public int index(int channel, int image, int row) {
    return channel * planeSize + first + (image * (rows + 2) + row + 1) * pitch + 1;
  }

  /** Whether images, rows and columns agree. */
  public boolean sameShape(FeatureMaps other) {
    return images == other.images && rows == other.rows && columns == other.columns;
  }

  /** The number of positions of a plane, borders included, guards not. */
  int area() {
    return images * (rows + 2) * pitch;
  }

  /** Sets the border of every image to zero. */
  public void clearBorder() {
    for (int channel = 0; channel < channels; channel++) {
      for (int image = 0; image < images; image++) {
        int top = index(channel, image, -1) - 1;
        int bottom = index(channel, image, rows) - 1;
        Arrays.fill(data, top, top + pitch, 0);
        Arrays.fill(data, bottom, bottom + pitch, 0);
        for (int row = 0; row < rows; row++) {
          int start = index(channel, image, row);
          data[start - 1] = 0;
          data[start + columns] = 0;
        }
      }
    }
  }

  /** Sets the border of every image to the nearest sample inside. */
  public void repeatEdge() {
    for (int channel = 0; channel < channels; channel++) {
      for (int image = 0; image < images; image++) {
        for (int row = 0; row < rows; row++) {
          int start = index(channel, image, row);
          data[start - 1] = data[start];
          data[start + columns] = data[start + columns - 1];
        }
        int top = index(channel, image, -1) - 1;
        int bottom = index(channel, image, rows) - 1;
        System.arraycopy(data, top + pitch, data, top, pitch);
        System.arraycopy(data, bottom - pitch, data, bottom, pitch);
      }
    }
  }
}
