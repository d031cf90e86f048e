package dev.darkroom.recaption.llava;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.models.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code config.json} and {@code generation_config.json} say about a model.
 *
 * @param imageToken the token that stands for one image feature
 * @param endTokens the tokens that end a text, at least one
 * @param padToken fills short rows up; masked, so that it makes no difference
 * @param maxPositions how many tokens a prompt and its answer may have together
 */
record LlavaConfig(int imageToken, Set<Integer> endTokens, int padToken, int maxPositions) {
  private static final int LLAMA_POSITIONS = 2048;
  private static final int QWEN_POSITIONS = 32_768;

  static LlavaConfig read(Path folder) {
    JsonFile config = ModelFiles.description(folder, "config.json");
    JsonFile text = config.part("text_config");
    Optional<JsonFile> generation =
        JsonFile.readIfPresent(folder.resolve("generation_config.json"));
    List<JsonFile> sources =
        Stream.of(generation, Optional.of(config), Optional.of(text))
            .flatMap(Optional::stream)
            .toList();
    int imageToken =
        Stream.of("image_token_index", "image_token_id")
            .map(config::integer)
            .flatMapToInt(OptionalInt::stream)
            .findFirst()
            .orElseThrow(
                () ->
                    config.fault(
                        "image_token_index",
                        "is missing, so where the image goes is unknown; is this a LLaVA model?"));
    Set<Integer> ends =
        sources.stream()
            .map(source -> integers(source.at("eos_token_id")))
            .filter(tokens -> !tokens.isEmpty())
            .findFirst()
            .orElseThrow(
                () ->
                    config.fault(
                        "eos_token_id",
                        "is missing here and in generation_config.json, so no text would end"));
    int pad =
        sources.stream()
            .map(source -> source.integer("pad_token_id"))
            .flatMapToInt(OptionalInt::stream)
            .findFirst()
            .orElseGet(() -> ends.iterator().next());
    return new LlavaConfig(imageToken, ends, pad, positions(text));
  }

  private static int positions(JsonFile text) {
    boolean qwen = text.text("model_type").orElse("").startsWith("qwen");
    return text.integer("max_position_embeddings").orElse(qwen ? QWEN_POSITIONS : LLAMA_POSITIONS);
  }

  private static Set<Integer> integers(JsonNode value) {
    List<Integer> integers = new ArrayList<>();
    if (value.isInt()) {
      integers.add(value.intValue());
    }
    value.forEach(element -> integers.add(element.intValue()));
    return Set.copyOf(integers);
  }
}
