package dev.darkroom.recaption.image;

import java.util.Arrays;

/**
 * Changes the size of images exactly as the {@code Image.resize} of Pillow 13 does: one direction
 * after the other, rounded to 8 bits in between; a direction whose size stays is left alone.
 *
 * <p>Columns come first where the image loses more than twice as many rows as columns, and rows
 * come first elsewhere. Older Pillows always begin with the rows, which can round a sample
 * otherwise.
 */
public final class Resampler {
  private Resampler() {}

  /**
   * Resizes an image.
   *
   * @param image the source
   * @param width of the result, at least 1
   * @param height of the result, at least 1
   * @param filter to convolve with
   */
  public static RgbImage resize(RgbImage image, int width, int height, ResamplingFilter filter) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "an image can't become %d x %d pixels".formatted(width, height));
    }
    int lostRows = image.height() - height;
    int lostColumns = image.width() - width;
    if (lostRows > 0 && lostRows > 2 * lostColumns) {
      return resizeRows(resizeColumns(image, height, filter), width, filter);
    }
    return resizeColumns(resizeRows(image, width, filter), height, filter);
  }

  private static RgbImage resizeRows(RgbImage image, int width, ResamplingFilter filter) {
    return width == image.width()
        ? image
        : resizeRows(image, ResamplingKernel.of(image.width(), width, filter));
  }

  private static RgbImage resizeColumns(RgbImage image, int height, ResamplingFilter filter) {
    return height == image.height()
        ? image
        : resizeColumns(image, ResamplingKernel.of(image.height(), height, filter));
  }

  private static RgbImage resizeRows(RgbImage image, ResamplingKernel kernel) {
    byte[] source = image.samples();
    byte[] target = new byte[kernel.length() * image.height() * RgbImage.CHANNELS];
    int out = 0;
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.width();
      for (int x = 0; x < kernel.length(); x++) {
        int[] weights = kernel.weights(x);
        int in = (row + kernel.first(x)) * RgbImage.CHANNELS;
        int red = ResamplingKernel.start();
        int green = red;
        int blue = red;
        for (int weight : weights) {
          red += (source[in] & 0xFF) * weight;
          green += (source[in + 1] & 0xFF) * weight;
          blue += (source[in + 2] & 0xFF) * weight;
          in += RgbImage.CHANNELS;
        }
        target[out] = ResamplingKernel.sample(red);
        target[out + 1] = ResamplingKernel.sample(green);
        target[out + 2] = ResamplingKernel.sample(blue);
        out += RgbImage.CHANNELS;
      }
    }
    return new RgbImage(kernel.length(), image.height(), target);
  }

  private static RgbImage resizeColumns(RgbImage image, ResamplingKernel kernel) {
    byte[] source = image.samples();
    int stride = image.width() * RgbImage.CHANNELS;
    byte[] target = new byte[kernel.length() * stride];
    int[] sums = new int[stride];
    for (int y = 0; y < kernel.length(); y++) {
      Arrays.fill(sums, ResamplingKernel.start());
      int in = kernel.first(y) * stride;
      for (int weight : kernel.weights(y)) {
        for (int i = 0; i < stride; i++) {
          sums[i] += (source[in + i] & 0xFF) * weight;
        }
        in += stride;
      }
      int out = y * stride;
      for (int i = 0; i < stride; i++) {
        target[out + i] = ResamplingKernel.sample(sums[i]);
      }
    }
    return new RgbImage(image.width(), kernel.length(), target);
  }
}
