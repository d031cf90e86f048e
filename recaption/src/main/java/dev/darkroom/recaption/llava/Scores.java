package dev.darkroom.recaption.llava;

import java.nio.FloatBuffer;

/**
 * A decoder's scores.
 *
 * @param values {@code rows x kept x vocabulary} floats
 * @param kept places of each row that there are scores for; the last one is the newest
 * @param vocabulary how many tokens have a score
 */
record Scores(FloatBuffer values, int kept, int vocabulary) {
  /** Copies the scores of a row's next token. */
  float[] next(int row) {
    float[] scores = new float[vocabulary];
    values.get(((row + 1) * kept - 1) * vocabulary, scores);
    return scores;
  }
}
