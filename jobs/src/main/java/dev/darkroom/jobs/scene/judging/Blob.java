package dev.darkroom.jobs.scene.judging;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Pixels of a {@link Canvas} that hang together.
 *
 * @param pixels which
 */
record Blob(BitSet pixels) {
  /** The blobs of a mask, across gaps of up to two pixels, those of fewer pixels left out. */
  static List<Blob> of(BitSet mask, int leastPixels) {
    BitSet left = grown(mask);
    List<Blob> blobs = new ArrayList<>();
    for (int first = left.nextSetBit(0); first >= 0; first = left.nextSetBit(first)) {
      BitSet blob = flood(left, first);
      blob.and(mask);
      if (blob.cardinality() >= leastPixels) {
        blobs.add(new Blob(blob));
      }
    }
    return blobs;
  }

  /** The mask with all neighbours of its pixels. */
  static BitSet grown(BitSet mask) {
    BitSet grown = new BitSet(Canvas.PIXELS);
    for (int pixel = mask.nextSetBit(0); pixel >= 0; pixel = mask.nextSetBit(pixel + 1)) {
      int x = pixel % Canvas.SIDE;
      int y = pixel / Canvas.SIDE;
      for (int ny = Math.max(0, y - 1); ny <= Math.min(Canvas.SIDE - 1, y + 1); ny++) {
        grown.set(
            ny * Canvas.SIDE + Math.max(0, x - 1),
            ny * Canvas.SIDE + Math.min(Canvas.SIDE - 1, x + 1) + 1);
      }
    }
    return grown;
  }

  private static BitSet flood(BitSet left, int first) {
    BitSet blob = new BitSet(Canvas.PIXELS);
    int[] stack = new int[Canvas.PIXELS];
    int height = 0;
    stack[height++] = first;
    left.clear(first);
    while (height > 0) {
      int pixel = stack[--height];
      blob.set(pixel);
      int x = pixel % Canvas.SIDE;
      int y = pixel / Canvas.SIDE;
      for (int ny = Math.max(0, y - 1); ny <= Math.min(Canvas.SIDE - 1, y + 1); ny++) {
        for (int nx = Math.max(0, x - 1); nx <= Math.min(Canvas.SIDE - 1, x + 1); nx++) {
          int next = ny * Canvas.SIDE + nx;
          if (left.get(next)) {
            left.clear(next);
            stack[height++] = next;
          }
        }
      }
    }
    return blob;
  }

  /** Left, top, right and bottom end, in pixels. */
  int[] bounds() {
    int[] bounds = {Canvas.SIDE, Canvas.SIDE, 0, 0};
    pixels.stream()
        .forEach(
            pixel -> {
              int x = pixel % Canvas.SIDE;
              int y = pixel / Canvas.SIDE;
              bounds[0] = Math.min(bounds[0], x);
              bounds[1] = Math.min(bounds[1], y);
              bounds[2] = Math.max(bounds[2], x + 1);
              bounds[3] = Math.max(bounds[3], y + 1);
            });
    return bounds;
  }
}
