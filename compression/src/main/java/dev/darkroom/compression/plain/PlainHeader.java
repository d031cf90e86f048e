package dev.darkroom.compression.plain;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.ImageShape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * How the channels of an image become planes.
 *
 * @param transform the colour transform, of the numbers that the value sets give to samples
 * @param colors the values that the grey or colour channels take
 * @param alpha the values that the alpha channel takes; all possible ones where there is none
 */
record PlainHeader(ColorTransform transform, ValueSet colors, ValueSet alpha) {
  /** Every how many rows the choice of transform looks at one. */
  private static final int ROW_STEP = 7;

  static boolean hasAlpha(int channels) {
    return channels % 2 == 0;
  }

  static PlainHeader choose(RasterImage image) {
    int channels = image.channels();
    boolean[][] present = new boolean[2][1 << image.bitDepth()];
    int samples = (int) image.subpixels();
    for (int i = 0; i < samples; i++) {
      boolean isAlpha = hasAlpha(channels) && i % channels == channels - 1;
      present[isAlpha ? 1 : 0][Samples.get(image.samples(), image.bitDepth(), i)] = true;
    }
    ValueSet colors = ValueSet.of(present[0], samples);
    ValueSet alpha =
        hasAlpha(channels)
            ? ValueSet.of(present[1], samples)
            : ValueSet.full(1 << image.bitDepth());
    return new PlainHeader(chooseTransform(image, colors), colors, alpha);
  }

  static PlainHeader readFrom(ByteBuffer in, ImageShape shape) {
    ColorTransform transform = ColorTransform.fromCode(in.get());
    if (transform != ColorTransform.NONE && shape.channels() < 3) {
      throw new IllegalArgumentException("an image without colours has no colour transform");
    }
    int possible = 1 << shape.bitDepth();
    ValueSet colors = ValueSet.readFrom(in, possible);
    ValueSet alpha =
        hasAlpha(shape.channels()) ? ValueSet.readFrom(in, possible) : ValueSet.full(possible);
    return new PlainHeader(transform, colors, alpha);
  }

  void writeTo(ByteArrayOutputStream out, int channels) {
    out.write(transform.code());
    colors.writeTo(out);
    if (hasAlpha(channels)) {
      alpha.writeTo(out);
    }
  }

  /** The values of a channel. */
  ValueSet valuesOf(int channel, int channels) {
    return hasAlpha(channels) && channel == channels - 1 ? alpha : colors;
  }

  /** One model per plane, before the first sample. */
  PlaneModel[] newModels(int width, int channels) {
    PlaneModel[] models = new PlaneModel[channels];
    for (int plane = 0; plane < channels; plane++) {
      int max = valuesOf(plane, channels).max();
      models[plane] = new PlaneModel(width, transform.low(plane, max), max);
    }
    return models;
  }

  /** The transform whose planes differ least from their neighbours, judged by some of the rows. */
  private static ColorTransform chooseTransform(RasterImage image, ValueSet colors) {
    if (image.channels() < 3) {
      return ColorTransform.NONE;
    }
    ColorTransform best = ColorTransform.NONE;
    long least = Long.MAX_VALUE;
    for (ColorTransform transform : ColorTransform.values()) {
      long cost = 0;
      for (int y = 0; y < image.height(); y += ROW_STEP) {
        cost += rowCost(image, colors, transform, y);
      }
      if (cost < least) {
        least = cost;
        best = transform;
      }
    }
    return best;
  }

  private static long rowCost(RasterImage image, ValueSet colors, ColorTransform transform, int y) {
    int[] pixel = new int[3];
    int[] west = new int[3];
    long cost = 0;
    for (int x = 0; x < image.width(); x++) {
      int first = (y * image.width() + x) * image.channels();
      for (int c = 0; c < 3; c++) {
        pixel[c] = colors.number(Samples.get(image.samples(), image.bitDepth(), first + c));
      }
      transform.forward(pixel);
      for (int c = 0; c < 3; c++) {
        cost += Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(pixel[c] - west[c]));
        west[c] = pixel[c];
      }
    }
    return cost;
  }
}
