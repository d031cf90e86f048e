package dev.darkroom.jobs.generate;

import dev.darkroom.models.ModelIdentity;
import dev.darkroom.udfs.generate.PipelineSource;
import java.io.Serializable;

/**
 * What tasks need to know, in a form that travels.
 *
 * @param source the model
 * @param modelId its name
 * @param modelHash its SHA-256
 * @param compressed whether images are kept as payloads
 */
record GenerateSettings(PipelineSource source, String modelId, String modelHash, boolean compressed)
    implements Serializable {
  ModelIdentity model() {
    return new ModelIdentity(modelId, modelHash);
  }
}
