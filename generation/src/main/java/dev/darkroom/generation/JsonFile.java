package dev.darkroom.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** One JSON file of a model folder, with errors that name it. */
record JsonFile(Path path, JsonNode root) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Reads a file.
   *
   * @throws ModelException where it is missing or no JSON object
   */
  static JsonFile read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new ModelException(path + " is missing; fetch or export the model again");
    }
    try {
      JsonNode root = MAPPER.readTree(Files.readAllBytes(path));
      if (!root.isObject()) {
        throw new ModelException(path + " is no JSON object; fetch or export the model again");
      }
      return new JsonFile(path, root);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          path + " is no JSON: " + e.getOriginalMessage() + "; fetch or export the model again", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file that may be missing. */
  static Optional<JsonFile> readIfPresent(Path path) {
    return Files.isRegularFile(path) ? Optional.of(read(path)) : Optional.empty();
  }

  /** The value of a field; a missing node where there is none or where it is null. */
  JsonNode at(String field) {
    JsonNode value = root.path(field);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  /** The text of a field, where there is one. */
  Optional<String> text(String field) {
    return Optional.ofNullable(at(field).textValue());
  }

  /** The integer of a field, where there is one. */
  OptionalInt integer(String field) {
    JsonNode value = at(field);
    return value.canConvertToInt() && value.isIntegralNumber()
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }

  /** The integer of a field that has to be there and to be positive. */
  int positive(String field) {
    int value =
        integer(field).orElseThrow(() -> fault(field, "is missing; export the model again"));
    if (value < 1) {
      throw fault(field, "is " + value + ", which is not positive; export the model again");
    }
    return value;
  }

  /** The number of a field, where there is one. */
  OptionalDouble number(String field) {
    JsonNode value = at(field);
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }

  /** An error about a field of this file. */
  ModelException fault(String field, String reason) {
    return new ModelException("%s: %s %s".formatted(path, field, reason));
  }
}
