package dev.darkroom.recaption.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.models.ModelIdentity;
import dev.darkroom.models.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What {@code GET /v1/models} says. */
final class ModelListing {
  /** Nothing. */
  static final ModelListing EMPTY = new ModelListing(List.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What differs from one start of the same server with the same model to the next. */
  private static final Set<String> PASSING =
      Set.of("id", "root", "created", "permission", "max_model_len");

  private final List<ObjectNode> entries;

  private ModelListing(List<ObjectNode> entries) {
    this.entries = entries;
  }

  /** Reads a response's body; what is no list of models says nothing. */
  static ModelListing read(byte[] body) {
    List<ObjectNode> entries = new ArrayList<>();
    try {
      for (JsonNode entry : JSON.readTree(body).path("data")) {
        if (entry instanceof ObjectNode model && model.path("id").isTextual()) {
          entries.add(model);
        }
      }
    } catch (IOException e) {
      return EMPTY;
    }
    return new ModelListing(entries);
  }

  /** The names of the models, in the endpoint's order. */
  List<String> names() {
    return entries.stream().map(entry -> entry.path("id").textValue()).toList();
  }

  /**
   * Which model answers to a name.
   *
   * <p>The hash is that of everything that the listing says of the model, but for dates, random
   * numbers and limits of the one server: a restart does not change it. Of a model's path ({@code
   * root}, or a name that is a path) only the last part counts, so that servers on several machines
   * agree.
   */
  ModelIdentity identify(String name) {
    Optional<ObjectNode> entry =
        entries.stream().filter(e -> e.path("id").textValue().equals(name)).findFirst();
    Map<String, JsonNode> said = new TreeMap<>();
    said.put("id", JSON.getNodeFactory().textNode(lastPart(name)));
    entry.ifPresent(
        e -> {
          if (e.path("root").isTextual()) {
            said.put("root", JSON.getNodeFactory().textNode(lastPart(e.path("root").textValue())));
          }
          e.properties().stream()
              .filter(field -> !PASSING.contains(field.getKey()))
              .forEach(field -> said.put(field.getKey(), field.getValue()));
        });
    return new ModelIdentity(name, Sha256.of(said.toString()));
  }

  private static String lastPart(String name) {
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return name.startsWith("/") ? path.substring(path.lastIndexOf('/') + 1) : name;
  }
}
