package dev.darkroom.jobs.scene.judging;

import dev.darkroom.jobs.scene.Ground;
import dev.darkroom.jobs.scene.Style;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was found in a picture.
 *
 * @param ground the background's colour, as far as it has one of the world's
 * @param style how the background is laid on
 * @param groundQuality the share of the picture's border that looks like that background
 * @param objects the objects, from left to right
 * @param unexplained the share of the picture that stands out from the ground and is no object
 */
public record Detection(
    Ground ground,
    Style style,
    double groundQuality,
    List<SceneObject> objects,
    double unexplained) {
  /** Takes a copy. */
  public Detection {
    objects = List.copyOf(objects);
  }

  /** What was found, in words. */
  @Override
  public String toString() {
    return (objects.isEmpty()
            ? "nothing"
            : objects.stream().map(SceneObject::toString).collect(Collectors.joining("; ")))
        + "; on "
        + ground.word()
        + "; "
        + style.word();
  }
}
