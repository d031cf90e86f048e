package dev.darkroom.jobs.generate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.generation.SamplingParameters;
import dev.darkroom.generation.scheduler.SamplerKind;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * What the images of a batch share.
 *
 * @param steps sampling steps, 1 or more
 * @param guidance classifier-free guidance scale, 1 for none
 * @param sampler how the noise is taken away
 * @param minority strength of minority guidance, 0 for none
 * @param size in pixels
 */
record BatchSettings(
    int steps, double guidance, SamplerKind sampler, double minority, PictureSize size)
    implements Serializable {

  /** The sampler's name in tables. */
  String samplerName() {
    return sampler.name().toLowerCase(Locale.ROOT);
  }

  /** As the pipeline takes it. */
  SamplingParameters parameters() {
    return new SamplingParameters(
        steps, guidance, size.width(), size.height(), Optional.of(sampler), 0, minority);
  }

  /** All of it, in a fixed order. */
  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("steps", steps)
        .put("guidance", guidance)
        .put("sampler", samplerName())
        .put("minority", minority)
        .put("width", size.width())
        .put("height", size.height());
  }
}
