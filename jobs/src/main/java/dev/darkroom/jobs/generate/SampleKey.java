package dev.darkroom.jobs.generate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.models.Sha256;

/** What makes an image what it is; whoever asks for the same again need not draw it. */
final class SampleKey {
  private SampleKey() {}

  /** SHA-256 of all that the pixels depend on, lower-case hex. */
  static String of(String prompt, Variation variation, String modelHash) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("prompt", variation.finalPrompt(prompt));
    all.put("negative", variation.negative());
    all.put("seed", variation.seed());
    all.setAll(variation.settings().json());
    all.put("model", modelHash);
    return Sha256.of(all.toString());
  }
}
