package dev.darkroom.compression.flow;

import dev.darkroom.compression.container.ImageShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Which patches of a segment's images are coded, in which order, and how many at once.
 *
 * <p>Each image is cut into squares of 32 pixels, row by row; where its size leaves 16 to 31 pixels
 * at the right or the bottom, into narrower ones there; what is then left, at most 15 pixels, is
 * not the plan's affair. All patches of the images from first to last form one sequence.
 *
 * <p>Patches that are coded at once take their bits off the stack before any of them gives some
 * back. So the first batch is one patch and the next ones grow as the stream does: a batch has at
 * most a sixteenth of the patches coded before it, at most 16, and ends before a patch of another
 * size.
 */
final class PatchPlan {
  static final int SIDE = 32;

  private static final int LARGEST_BATCH = 16;
  private static final int SHARE = 16;

  private PatchPlan() {}

  /**
   * The batches in the order of encoding.
   *
   * @param granularity what patch sizes are multiples of, at most 32
   */
  static List<List<Patch>> batches(List<ImageShape> shapes, int granularity) {
    List<Patch> patches = patches(shapes, granularity);
    List<List<Patch>> batches = new ArrayList<>();
    for (int from = 0; from < patches.size(); ) {
      int limit = from + Math.max(1, Math.min(LARGEST_BATCH, from / SHARE));
      int to = from + 1;
      while (to < Math.min(limit, patches.size()) && patches.get(to).sameSize(patches.get(from))) {
        to++;
      }
      batches.add(List.copyOf(patches.subList(from, to)));
      from = to;
    }
    return batches;
  }

  private static List<Patch> patches(List<ImageShape> shapes, int granularity) {
    List<Patch> patches = new ArrayList<>();
    for (int image = 0; image < shapes.size(); image++) {
      int bottom = shapes.get(image).height() / granularity * granularity;
      int right = shapes.get(image).width() / granularity * granularity;
      for (int top = 0; top < bottom; top += SIDE) {
        for (int left = 0; left < right; left += SIDE) {
          int rows = Math.min(SIDE, bottom - top);
          int columns = Math.min(SIDE, right - left);
          patches.add(new Patch(image, top, left, rows, columns));
        }
      }
    }
    return patches;
  }
}
