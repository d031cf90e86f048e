package dev.darkroom.jobs.scene.judging;

/** What may be asked of an object beside its shape. */
public enum Trait {
  /** Its colour. */
  COLOR,
  /** Its texture. */
  TEXTURE,
  /** Its size. */
  SIZE
}
