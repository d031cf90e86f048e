package dev.darkroom.recaption.llava;

import dev.darkroom.models.JsonFile;
import dev.darkroom.models.Manifest;
import dev.darkroom.models.ModelException;
import dev.darkroom.models.ModelIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a model folder that make one model.
 *
 * @param folder the folder
 * @param visionEncoder from pixels to image features
 * @param embedTokens from token ids to embeddings
 * @param decoder from embeddings and cache to scores and cache
 */
record ModelFiles(Path folder, Path visionEncoder, Path embedTokens, Path decoder) {
  private static final List<String> VARIANTS = List.of("", "int8", "quantized", "fp16", "q4");
  private static final List<String> DESCRIPTIONS =
      List.of(
          "config.json",
          "generation_config.json",
          "preprocessor_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "chat_template.json",
          "chat_template.jinja");

  /**
   * Finds the files of a variant.
   *
   * @throws ModelException where there are none
   */
  static ModelFiles find(Path folder, Optional<String> variant) {
    List<String> names = variant.map(List::of).orElse(VARIANTS);
    for (String name : names) {
      ModelFiles files = of(folder, name);
      if (files.graphs().allMatch(Files::isRegularFile)) {
        return files;
      }
    }
    throw new ModelException(
        "%s has no model%s: there should be %s; export one with recaption/training/export, or fetch one"
                .formatted(
                    folder,
                    variant.map(" of precision '%s'"::formatted).orElse(""),
                    of(folder, names.get(0)).graphs().map(folder::relativize).toList())
            + " in the layout of onnx-community");
  }

  private static ModelFiles of(Path folder, String variant) {
    Path onnx = folder.resolve("onnx");
    String ending = variant.isEmpty() ? ".onnx" : "_" + variant + ".onnx";
    return new ModelFiles(
        folder,
        onnx.resolve("vision_encoder" + ending),
        onnx.resolve("embed_tokens" + ending),
        onnx.resolve("decoder_model_merged" + ending));
  }

  private Stream<Path> graphs() {
    return Stream.of(visionEncoder, embedTokens, decoder);
  }

  /**
   * One of the files beside the graphs.
   *
   * @throws ModelException where it is missing or no JSON object
   */
  static JsonFile description(Path folder, String name) {
    return JsonFile.readIfPresent(folder.resolve(name))
        .orElseThrow(
            () ->
                new ModelException(
                    "%s has no %s; give the folder of a model exported to ONNX"
                        .formatted(folder, name)));
  }

  /** Who the model is: its hash is that of all its files. */
  ModelIdentity identity(String id) {
    try {
      return new ModelIdentity(id, Manifest.of(folder, all()).hash());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>(graphs().toList());
    try (Stream<Path> siblings = Files.list(folder.resolve("onnx"))) {
      siblings.filter(this::isExternalData).forEach(all::add);
    }
    DESCRIPTIONS.stream().map(folder::resolve).filter(Files::isRegularFile).forEach(all::add);
    return all;
  }

  private boolean isExternalData(Path file) {
    String name = file.getFileName().toString();
    return graphs().anyMatch(graph -> name.startsWith(graph.getFileName() + "_data"));
  }
}
