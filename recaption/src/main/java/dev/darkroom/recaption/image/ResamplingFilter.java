package dev.darkroom.recaption.image;

import java.util.Arrays;
import java.util.Optional;

/** Pillow's convolution filters, by the numbers that {@code preprocessor_config.json} uses. */
public enum ResamplingFilter {
  /** A windowed sinc over three pixels to each side. */
  LANCZOS(1, 3) {
    @Override
    double at(double x) {
      return Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
  },
  /** A triangle over one pixel to each side. */
  BILINEAR(2, 1) {
    @Override
    double at(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  /** Keys' cubic with a = -0.5 over two pixels to each side. */
  BICUBIC(3, 2) {
    @Override
    double at(double x) {
      double distance = Math.abs(x);
      if (distance < 1) {
        return ((CUBIC + 2) * distance - (CUBIC + 3)) * distance * distance + 1;
      }
      if (distance < 2) {
        return (((distance - 5) * distance + 8) * distance - 4) * CUBIC;
      }
      return 0;
    }
  },
  /** The mean over half a pixel to each side. */
  BOX(4, 0.5) {
    @Override
    double at(double x) {
      return x > -0.5 && x <= 0.5 ? 1 : 0;
    }
  };

  private static final double CUBIC = -0.5;

  private final int code;
  private final double support;

  ResamplingFilter(int code, double support) {
    this.code = code;
    this.support = support;
  }

  /** The filter of a number of Pillow's {@code Resampling}; none for nearest and hamming. */
  public static Optional<ResamplingFilter> ofCode(int code) {
    return Arrays.stream(values()).filter(filter -> filter.code == code).findFirst();
  }

  /** How far from its centre the filter reaches, in pixels of the smaller image. */
  double support() {
    return support;
  }

  abstract double at(double x);

  private static double sinc(double x) {
    if (x == 0) {
      return 1;
    }
    double angle = x * Math.PI;
    return StrictMath.sin(angle) / angle;
  }
}
