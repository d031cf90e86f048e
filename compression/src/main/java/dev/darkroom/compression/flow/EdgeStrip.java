package dev.darkroom.compression.flow;

import dev.darkroom.compression.container.ImageShape;
import java.util.ArrayList;
import java.util.List;

/** A strip at the right or the bottom of an image that is too narrow for the flow. */
record EdgeStrip(int top, int left, int rows, int columns) {
  /** The strips of an image, at most two: the right one in full height, then the bottom one. */
  static List<EdgeStrip> of(ImageShape shape, int granularity) {
    int right = shape.width() / granularity * granularity;
    int bottom = shape.height() / granularity * granularity;
    List<EdgeStrip> strips = new ArrayList<>();
    if (right < shape.width()) {
      strips.add(new EdgeStrip(0, right, shape.height(), shape.width() - right));
    }
    if (bottom < shape.height() && right > 0) {
      strips.add(new EdgeStrip(bottom, 0, shape.height() - bottom, right));
    }
    return strips;
  }

  ImageShape shape(ImageShape image) {
    return new ImageShape(columns, rows, image.channels(), image.bitDepth());
  }
}
