package dev.darkroom.generation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.models.JsonFile;
import dev.darkroom.models.ModelException;
import java.util.Optional;

/**
 * What a model folder's configurations say about its latents.
 *
 * @param channels of a latent
 * @param outputChannels of what the denoiser gives: those of a latent, or twice as many where the
 *     second half is a variance
 * @param sampleWidth of latents that the model was trained with
 * @param sampleHeight of latents that the model was trained with
 * @param patch side of the squares of a latent that the denoiser takes as one
 * @param pixels of the image along a side of one value of the latent; 1 in pixel space
 * @param scaling what the decoder's input is divided by
 * @param shift what is added to the decoder's input then
 * @param steps that are usual
 * @param guidance that is usual
 * @param lowerCase whether prompts are put into lower case and stripped of white space first
 */
record PipelineConfig(
    int channels,
    int outputChannels,
    int sampleWidth,
    int sampleHeight,
    int patch,
    int pixels,
    double scaling,
    double shift,
    int steps,
    double guidance,
    boolean lowerCase) {
  private static final String PIXART = "PixArtAlphaPipeline";
  private static final String STABLE_DIFFUSION = "StableDiffusionPipeline";
  private static final double DEFAULT_SCALING = 0.18215;

  /**
   * Reads the configurations.
   *
   * @throws ModelException where they are missing what is needed, or have what is not known here
   */
  static PipelineConfig read(ModelFolder folder) {
    JsonFile denoiser = folder.denoiserConfig();
    int channels = denoiser.positive("in_channels");
    int outputs = denoiser.integer("out_channels").orElse(channels);
    if (outputs != channels && outputs != 2 * channels) {
      throw denoiser.fault(
          "out_channels",
          "is %d for %d channels of a latent; as many or twice as many are known"
              .formatted(outputs, channels));
    }
    JsonNode sample = denoiser.at("sample_size");
    boolean pair = sample.isArray() && sample.size() == 2;
    Optional<JsonFile> decoder = folder.decoderConfig();
    decoder.ifPresent(PipelineConfig::checkDecoder);
    String name = folder.pipeline();
    JsonFile index = folder.index();
    return new PipelineConfig(
        channels,
        outputs,
        pair ? sample.get(1).intValue() : denoiser.positive("sample_size"),
        pair ? sample.get(0).intValue() : denoiser.positive("sample_size"),
        denoiser.integer("patch_size").orElse(1),
        decoder.map(PipelineConfig::pixelsPerLatent).orElse(1),
        decoder.map(file -> file.number("scaling_factor").orElse(DEFAULT_SCALING)).orElse(1.0),
        decoder.map(file -> file.number("shift_factor").orElse(0)).orElse(0.0),
        index.integer("num_inference_steps").orElse(name.equals(STABLE_DIFFUSION) ? 50 : 20),
        index.number("guidance_scale").orElse(name.equals(STABLE_DIFFUSION) ? 7.5 : 4.5),
        name.equals(PIXART));
  }

  private static void checkDecoder(JsonFile file) {
    if (!file.at("latents_mean").isMissingNode()) {
      throw file.fault("latents_mean", "is set, and latents of several means are not known here");
    }
  }

  private static int pixelsPerLatent(JsonFile file) {
    JsonNode widths = file.at("block_out_channels");
    if (!widths.isArray() || widths.isEmpty()) {
      throw file.fault("block_out_channels", "is missing; copy the autoencoder's config.json");
    }
    return 1 << (widths.size() - 1);
  }

  /** Whether the denoiser's output has a second half. */
  boolean givesVariance() {
    return outputChannels == 2 * channels;
  }

  /** What an image's sides have to be multiples of. */
  int multiple() {
    return pixels * patch;
  }
}
