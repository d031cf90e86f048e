package dev.darkroom.jobs.generate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.jobs.Version;
import dev.darkroom.models.ModelIdentity;

/**
 * Says that an image was made by a model, by which and how, with the labels of C2PA's assertions
 * (Technical Specification 2.1, sections 18.14 actions and 18.5 data hash) and IPTC's digital
 * source type.
 *
 * <p>It is a statement, no proof: nobody has signed it, it is no C2PA manifest store, and whoever
 * changes the image can change it or take it out. Its hash tells accidents, not forgeries.
 */
final class Provenance {
  private static final String TRAINED_MEDIA =
      "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

  private Provenance() {}

  /**
   * The statement as JSON.
   *
   * @param pixelHash SHA-256 of the pixels
   */
  static String of(PlannedSample sample, ModelIdentity model, String pixelHash) {
    ObjectNode statement = JsonNodeFactory.instance.objectNode();
    statement.put("claim_generator", engine());
    statement.put("signature", "none");
    ObjectNode actions = assertion(statement, "c2pa.actions");
    actions
        .putArray("actions")
        .addObject()
        .put("action", "c2pa.created")
        .put("digitalSourceType", TRAINED_MEDIA)
        .put("softwareAgent", engine());
    ObjectNode hash = assertion(statement, "c2pa.hash.data");
    hash.put("alg", "sha256").put("name", "pixels, RGB row by row").put("hash", pixelHash);
    ObjectNode parameters = assertion(statement, "dev.darkroom.parameters");
    parameters
        .put("prompt", sample.finalPrompt())
        .put("negative_prompt", sample.negative())
        .put("seed", sample.seed());
    parameters.setAll(sample.settings().json());
    parameters.put("model", model.id()).put("model_sha256", model.hash());
    return statement.toString();
  }

  /** The program and its version. */
  static String engine() {
    return "darkroom/" + Version.NUMBER;
  }

  private static ObjectNode assertion(ObjectNode statement, String label) {
    ObjectNode added = statement.withArray("/assertions").addObject();
    added.put("label", label);
    return added.putObject("data");
  }
}
