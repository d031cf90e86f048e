package dev.darkroom.jobs.score;

import dev.darkroom.recaption.DecodingParameters;
import java.util.List;

/** What a model is asked about an image, and what its answers are worth. */
interface Interview {
  /** How answers are decoded. */
  DecodingParameters decoding();

  /** What to ask; empty where nothing can be asked about such a prompt. */
  List<String> questions(Subject subject);

  /**
   * Judges by the answers.
   *
   * @param answers one for each question, in their order; none where nothing was asked
   */
  Judgement judgement(Subject subject, List<String> answers);
}
