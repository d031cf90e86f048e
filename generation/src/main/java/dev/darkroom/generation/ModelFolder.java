package dev.darkroom.generation;

import dev.darkroom.models.JsonFile;
import dev.darkroom.models.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model folder, with every file that a pipeline needs in it.
 *
 * @param folder the folder
 * @param index {@code model_index.json}
 * @param denoiser the folder of the denoiser: {@code transformer} or {@code unet}
 * @param decoder the folder of the autoencoder's decoder; none for models in pixel space
 */
record ModelFolder(Path folder, JsonFile index, Path denoiser, Optional<Path> decoder) {
  private static final String GRAPH = "model.onnx";
  private static final String CONFIG = "config.json";

  /**
   * Looks into a folder.
   *
   * @throws ModelException that names everything that is missing
   */
  static ModelFolder find(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ModelException(
          folder + " is no folder; give one that generation/training/export wrote");
    }
    JsonFile index = JsonFile.read(folder.resolve("model_index.json"));
    Path denoiser =
        Stream.of("transformer", "unet")
            .map(folder::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(folder.resolve(index.at("unet").isMissingNode() ? "transformer" : "unet"));
    Path vae = folder.resolve("vae_decoder");
    boolean latent = Files.isDirectory(vae) || !index.at("vae").isMissingNode();
    List<Path> needed = new ArrayList<>();
    needed.add(folder.resolve("tokenizer/tokenizer.json"));
    needed.add(folder.resolve("text_encoder").resolve(GRAPH));
    needed.add(denoiser.resolve(GRAPH));
    needed.add(denoiser.resolve(CONFIG));
    needed.add(folder.resolve("scheduler/scheduler_config.json"));
    if (latent) {
      needed.add(vae.resolve(GRAPH));
      needed.add(vae.resolve(CONFIG));
    }
    List<Path> missing =
        needed.stream().filter(file -> !Files.isRegularFile(file)).map(folder::relativize).toList();
    if (!missing.isEmpty()) {
      throw new ModelException(
          "%s lacks %s; export the model again with generation/training/export, or fetch it again"
              .formatted(folder, missing));
    }
    return new ModelFolder(folder, index, denoiser, latent ? Optional.of(vae) : Optional.empty());
  }

  /** The diffusers class that the folder was a pipeline of; empty where the index names none. */
  String pipeline() {
    return index.text("_class_name").orElse("");
  }

  Path tokenizer() {
    return folder.resolve("tokenizer");
  }

  Path textGraph() {
    return folder.resolve("text_encoder").resolve(GRAPH);
  }

  Path denoiserGraph() {
    return denoiser.resolve(GRAPH);
  }

  JsonFile denoiserConfig() {
    return JsonFile.read(denoiser.resolve(CONFIG));
  }

  Optional<Path> decoderGraph() {
    return decoder.map(path -> path.resolve(GRAPH));
  }

  Optional<JsonFile> decoderConfig() {
    return decoder.map(path -> JsonFile.read(path.resolve(CONFIG)));
  }

  Path schedulerConfig() {
    return folder.resolve("scheduler/scheduler_config.json");
  }
}
