package dev.darkroom.jobs.scene.judging;

import dev.darkroom.generation.evaluation.Box;
import dev.darkroom.jobs.scene.Look;
import java.util.Locale;

/**
 * An object that was found in a picture.
 *
 * @param look what it looks like
 * @param x its middle, in shares of the width
 * @param y its middle, in shares of the height
 * @param box the box around what is drawn of it
 * @param quality how much of what stands out from the ground there it explains, 0 to 1
 */
public record SceneObject(Look look, double x, double y, Box box, double quality) {
  /** The ninth of the picture that holds its middle. */
  public PictureNinth ninth() {
    return PictureNinth.of(x, y);
  }

  /** The object in words. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %s %s %s %s (%.2f, %.2f) %.2f",
        look.magnitude().word(),
        look.texture().word(),
        look.hue().word(),
        look.silhouette().word(1),
        ninth().phrase(),
        x,
        y,
        quality);
  }
}
