package dev.darkroom.jobs.scene;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The truth about a scene's picture as JSON:
 *
 * <pre>
 * {"background": {"color": "mint", "style": "soft"},
 *  "layout": "left to right",
 *  "groups": [
 *    {"count": 1, "size": "large", "texture": "striped", "color": "red", "shape": "circle",
 *     "objects": [{"x": 30, "y": 61, "radius": 26}]},
 *    ...],
 *  "relations": [{"subjects": [0], "relation": "left of", "objects": [1]}]}
 * </pre>
 *
 * <p>x and y are the middle of an object in pixels from the picture's upper left corner, radius
 * half the side of the square around it.
 */
public final class SceneTruth {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SceneTruth() {}

  /**
   * The truth about a scene.
   *
   * @param size pixels of a side of its picture, a multiple of {@value Scene#GRID}
   */
  public static String json(Scene scene, int size) {
    ObjectNode truth = MAPPER.createObjectNode();
    truth
        .putObject("background")
        .put("color", scene.ground().word())
        .put("style", scene.style().word());
    truth.put("layout", scene.layout().word());
    ArrayNode groups = truth.putArray("groups");
    scene.groups().forEach(group -> put(group, size / Scene.GRID, groups.addObject()));
    ArrayNode relations = truth.putArray("relations");
    scene.relations().forEach(relation -> put(relation, relations.addObject()));
    try {
      return MAPPER.writeValueAsString(truth);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a truth that is no JSON: " + truth, e);
    }
  }

  private static void put(Group group, int scale, ObjectNode node) {
    Look look = group.look();
    node.put("count", group.count())
        .put("size", look.magnitude().word())
        .put("texture", look.texture().word())
        .put("color", look.hue().word())
        .put("shape", look.silhouette().word(1));
    ArrayNode objects = node.putArray("objects");
    for (Place place : group.places()) {
      objects
          .addObject()
          .put("x", place.x() * scale)
          .put("y", place.y() * scale)
          .put("radius", look.magnitude().radius() * scale);
    }
  }

  private static void put(Relation relation, ObjectNode node) {
    put(relation.subjects(), node.putArray("subjects"));
    node.put("relation", relation.direction().word());
    put(relation.objects(), node.putArray("objects"));
  }

  private static void put(List<Integer> groups, ArrayNode array) {
    groups.forEach(array::add);
  }
}
