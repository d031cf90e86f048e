package dev.darkroom.jobs.scene;

/** What can be seen of an object, wherever it is. */
public record Look(Magnitude magnitude, Texture texture, Hue hue, Silhouette silhouette) {
  /** Whether colour and shape alone tell the two apart. */
  boolean isToldFrom(Look other) {
    return hue != other.hue || silhouette != other.silhouette;
  }
}
