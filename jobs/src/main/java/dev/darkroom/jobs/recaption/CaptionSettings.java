package dev.darkroom.jobs.recaption;

import dev.darkroom.models.ModelIdentity;
import dev.darkroom.udfs.caption.CaptionerSource;
import java.io.Serializable;

/**
 * What tasks need to know, in a form that travels.
 *
 * @param source who captions
 * @param modelId the model's name
 * @param questions what is asked
 * @param maxBytes the most bytes of an image file
 * @param singly whether each question is asked on its own, and not in a batch with others
 */
record CaptionSettings(
    CaptionerSource source, String modelId, Questions questions, long maxBytes, boolean singly)
    implements Serializable {

  static CaptionSettings of(RecaptionOptions options, ModelIdentity model) {
    return new CaptionSettings(
        options.source(), model.id(), Questions.of(options, model), options.maxBytes(), false);
  }

  CaptionSettings alone() {
    return new CaptionSettings(source, modelId, questions, maxBytes, true);
  }
}
