package dev.darkroom.jobs.scene.judging;

import java.awt.image.BufferedImage;

/**
 * Finds the objects of a scene in its picture, by comparing it with what the renderer draws: the
 * ground is fitted to the border, what stands out from it falls into blobs, and in each blob the
 * shape, size, colour and texture are looked for that explain most of it. Threads may share one.
 *
 * <p>Pictures that are no scenes come out with few objects or none, each with a quality that says
 * how little of it is explained.
 */
public final class SceneDetector {
  /** The least pixels of a side. */
  public static final int LEAST_SIDE = 32;

  /**
   * Looks at a picture.
   *
   * @param image a square picture of {@value #LEAST_SIDE} pixels a side or more
   * @throws IllegalArgumentException where it is smaller, or not square
   */
  public Detection detect(BufferedImage image) {
    if (image.getWidth() != image.getHeight() || image.getWidth() < LEAST_SIDE) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels: scenes are square and have at least %d pixels a side"
              .formatted(image.getWidth(), image.getHeight(), LEAST_SIDE));
    }
    Canvas canvas = Canvas.of(image);
    return new ObjectSearch(canvas, GroundFit.of(canvas), Template.all(image.getWidth())).run();
  }
}
