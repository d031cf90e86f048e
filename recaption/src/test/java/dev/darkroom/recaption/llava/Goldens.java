package dev.darkroom.recaption.llava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.DecodingParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The random checkpoints and what transformers generated for them. */
final class Goldens {
  static final int MAX_NEW_TOKENS = 24;

  private Goldens() {}

  /**
   * One row that transformers answered.
   *
   * @param image the file's bytes
   * @param question what was asked
   * @param prompt the tokens of the prompt
   * @param answer the tokens of the answer
   * @param text of the answer
   */
  record Golden(
      byte[] image, String question, List<Integer> prompt, List<Integer> answer, String text) {
    CaptionRequest request() {
      return request(DecodingParameters.greedy(MAX_NEW_TOKENS), 0);
    }

    CaptionRequest request(DecodingParameters parameters, long seed) {
      return new CaptionRequest(image, question, parameters, seed);
    }
  }

  static Path resource(String name) {
    try {
      return Path.of(Goldens.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path checkpoint(String name) {
    return resource(name);
  }

  static List<Golden> of(String checkpoint) {
    return read(resource("."), checkpoint(checkpoint));
  }

  /** The goldens of a checkpoint's folder, with the pictures of the folder around it. */
  static List<Golden> read(Path root, Path checkpoint) {
    try {
      List<Golden> rows = new ArrayList<>();
      for (JsonNode row : new ObjectMapper().readTree(checkpoint.resolve("greedy.json").toFile())) {
        rows.add(
            new Golden(
                Files.readAllBytes(root.resolve("pictures").resolve(row.get("image").textValue())),
                row.get("question").textValue(),
                integers(row.get("prompt")),
                integers(row.get("answer")),
                row.get("text").textValue()));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> integers(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(i -> array.get(i).intValue()).toList();
  }
}
