package dev.darkroom.jobs.score;

import java.util.Iterator;

/** Looks at images and says how well they show what was asked for. */
interface Judge extends AutoCloseable {
  /**
   * Judges images, one judgement for each, in their order. Images are taken as they are needed.
   * What is wrong with one is its judgement.
   */
  Iterator<Judgement> judge(Iterator<Subject> subjects);

  @Override
  void close();
}
