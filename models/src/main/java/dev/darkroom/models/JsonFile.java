package dev.darkroom.models;

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

/**
 * One JSON file of a model folder, with errors that name it.
 *
 * @param path where it is
 * @param root what it holds, or the part of that which is looked at
 */
public record JsonFile(Path path, JsonNode root) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Reads a file.
   *
   * @throws ModelException where it is missing or no JSON object
   */
  public static JsonFile read(Path path) {
    return readIfPresent(path)
        .orElseThrow(
            () -> new ModelException(path + " is missing; fetch or export the model again"));
  }

  /**
   * Reads a file that may be missing.
   *
   * @throws ModelException where it is there and no JSON object
   */
  public static Optional<JsonFile> readIfPresent(Path path) {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      JsonNode root = MAPPER.readTree(Files.readAllBytes(path));
      if (!root.isObject()) {
        throw new ModelException(path + " is no JSON object; fetch or export the model again");
      }
      return Optional.of(new JsonFile(path, root));
    } catch (JsonProcessingException e) {
      throw new ModelException(
          path + " is no JSON: " + e.getOriginalMessage() + "; fetch or export the model again", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of a field; a missing node where there is none or where it is null. */
  public JsonNode at(String field) {
    JsonNode value = root.path(field);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  /** A part of this file as if it were a file of its own. */
  public JsonFile part(String field) {
    return new JsonFile(path, at(field));
  }

  /** The text of a field, where there is one. */
  public Optional<String> text(String field) {
    return Optional.ofNullable(at(field).textValue());
  }

  /** The integer of a field, where there is one of 32 bits. */
  public OptionalInt integer(String field) {
    JsonNode value = at(field);
    return value.canConvertToInt() && value.isIntegralNumber()
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }

  /**
   * The integer of a field that has to be there and to be positive.
   *
   * @throws ModelException where it is missing or less than 1
   */
  public int positive(String field) {
    int value =
        integer(field).orElseThrow(() -> fault(field, "is missing; export the model again"));
    if (value < 1) {
      throw fault(field, "is " + value + ", which is not positive; export the model again");
    }
    return value;
  }

  /** The number of a field, where there is one. */
  public OptionalDouble number(String field) {
    JsonNode value = at(field);
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }

  /** An error about a field of this file. */
  public ModelException fault(String field, String reason) {
    return new ModelException("%s: %s %s".formatted(path, field, reason));
  }
}
