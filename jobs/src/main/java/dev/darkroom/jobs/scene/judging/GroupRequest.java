package dev.darkroom.jobs.scene.judging;

import dev.darkroom.jobs.scene.Hue;
import dev.darkroom.jobs.scene.Magnitude;
import dev.darkroom.jobs.scene.Silhouette;
import dev.darkroom.jobs.scene.Texture;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Objects that shall look the same.
 *
 * @param count how many, 1 to 4
 * @param magnitude their size, where it is said
 * @param texture their texture, where it is said
 * @param hue their colour, where it is said
 * @param silhouette their shape
 * @param ninth where in the picture they shall be, where it is said
 */
public record GroupRequest(
    int count,
    Optional<Magnitude> magnitude,
    Optional<Texture> texture,
    Optional<Hue> hue,
    Silhouette silhouette,
    Optional<PictureNinth> ninth) {
  /** The most objects that a text can count. */
  public static final int MOST = 4;

  /** Refuses counts out of range. */
  public GroupRequest {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("%d objects: it must be 1 to %d".formatted(count, MOST));
    }
  }

  GroupRequest in(PictureNinth where) {
    return new GroupRequest(count, magnitude, texture, hue, silhouette, Optional.of(where));
  }

  /** Whether colour and shape are those of another group, as far as both say them. */
  boolean isLike(GroupRequest other) {
    return silhouette == other.silhouette
        && (hue.isEmpty() || other.hue.isEmpty() || hue.equals(other.hue));
  }

  /** The group in words: {@code 2 small striped red circles}. */
  @Override
  public String toString() {
    StringJoiner words = new StringJoiner(" ");
    words.add(Integer.toString(count));
    magnitude.ifPresent(size -> words.add(size.word()));
    texture.ifPresent(surface -> words.add(surface.word()));
    hue.ifPresent(color -> words.add(color.word()));
    words.add(silhouette.word(count));
    ninth.ifPresent(where -> words.add(where.phrase()));
    return words.toString();
  }
}
