package dev.darkroom.jobs.scene.judging;

import dev.darkroom.generation.evaluation.Box;
import dev.darkroom.jobs.scene.Hue;
import dev.darkroom.jobs.scene.Magnitude;
import dev.darkroom.jobs.scene.Silhouette;
import dev.darkroom.jobs.scene.Texture;
import java.util.Optional;
import java.util.Set;

/**
 * An object that somebody saw in a picture, as far as they said.
 *
 * @param hue its colour
 * @param silhouette its shape
 * @param texture its texture
 * @param magnitude its size
 * @param ninth where its middle is
 * @param box where it is
 * @param confidence how sure they are, above 0 to 1
 */
public record SeenThing(
    Optional<Hue> hue,
    Silhouette silhouette,
    Optional<Texture> texture,
    Optional<Magnitude> magnitude,
    Optional<PictureNinth> ninth,
    Optional<Box> box,
    double confidence) {
  static SeenThing of(SceneObject object) {
    return new SeenThing(
        Optional.of(object.look().hue()),
        object.look().silhouette(),
        Optional.of(object.look().texture()),
        Optional.of(object.look().magnitude()),
        Optional.of(object.ninth()),
        Optional.of(object.box()),
        object.quality());
  }

  static SeenThing of(GroupRequest group) {
    return new SeenThing(
        group.hue(),
        group.silhouette(),
        group.texture(),
        group.magnitude(),
        group.ninth(),
        Optional.empty(),
        1);
  }

  /** Whether it has the shape that is asked for, and of these traits those that are. */
  boolean fits(GroupRequest wanted, Set<Trait> traits) {
    return silhouette == wanted.silhouette()
        && (!traits.contains(Trait.COLOR) || isAsAsked(wanted.hue(), hue))
        && (!traits.contains(Trait.TEXTURE) || isAsAsked(wanted.texture(), texture))
        && (!traits.contains(Trait.SIZE) || isAsAsked(wanted.magnitude(), magnitude));
  }

  /** How many of the things that are asked for it has. */
  int likeness(GroupRequest wanted) {
    return (silhouette == wanted.silhouette() ? 1 : 0)
        + (isAsAsked(wanted.hue(), hue) ? 1 : 0)
        + (isAsAsked(wanted.texture(), texture) ? 1 : 0)
        + (isAsAsked(wanted.magnitude(), magnitude) ? 1 : 0)
        + (isAsAsked(wanted.ninth(), ninth) ? 1 : 0);
  }

  /** Whether something is as asked; what is not asked for always is. */
  static <T> boolean isAsAsked(Optional<T> wanted, Optional<T> seen) {
    return wanted.isEmpty() || wanted.equals(seen);
  }
}
