package dev.darkroom.compression.plain;

import dev.darkroom.compression.color.ReversibleYCoCg;

/** How the three colour channels are turned into planes. An alpha channel is left alone. */
enum ColorTransform {
  /** The channels as they are; the only choice below three channels. */
  NONE(0),
  /** Luma and two chroma planes. */
  YCOCG(1),
  /** Green, red - green, blue - green. */
  SUBTRACT_GREEN(2);

  private final int code;

  ColorTransform(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ColorTransform fromCode(int code) {
    for (ColorTransform transform : values()) {
      if (transform.code == code) {
        return transform;
      }
    }
    throw new IllegalArgumentException("there is no colour transform " + code);
  }

  /** The least value of a plane where the channels' values are 0 to {@code max}. */
  int low(int plane, int max) {
    return this != NONE && (plane == 1 || plane == 2) ? -max : 0;
  }

  /** Replaces the first three entries, red, green and blue, by the planes' values. */
  void forward(int[] pixel) {
    switch (this) {
      case NONE -> {}
      case YCOCG -> ReversibleYCoCg.forward(pixel);
      case SUBTRACT_GREEN -> {
        int red = pixel[0];
        pixel[0] = pixel[1];
        pixel[1] = red - pixel[0];
        pixel[2] -= pixel[0];
      }
    }
  }

  /** Undoes {@link #forward}. */
  void inverse(int[] pixel) {
    switch (this) {
      case NONE -> {}
      case YCOCG -> ReversibleYCoCg.inverse(pixel);
      case SUBTRACT_GREEN -> {
        int green = pixel[0];
        pixel[0] = pixel[1] + green;
        pixel[1] = green;
        pixel[2] += green;
      }
    }
  }
}
