package dev.darkroom.jobs.recaption;

import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.udfs.caption.CaptionStream;

/**
 * A question beside the image that it is about.
 *
 * @param image the image
 * @param question the question
 */
record Ask(LoadedImage image, Question question) {
  /** The question for a captioner; without a request where the image could not be read. */
  CaptionStream.Asked<Ask> asked(DecodingParameters parameters) {
    return new CaptionStream.Asked<>(
        this,
        image
            .bytes()
            .map(
                bytes ->
                    new CaptionRequest(bytes, question.prompt(), parameters, question.seed())));
  }
}
