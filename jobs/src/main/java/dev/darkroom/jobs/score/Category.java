package dev.darkroom.jobs.score;

import dev.darkroom.jobs.scene.judging.GroupRequest;
import dev.darkroom.jobs.scene.judging.SceneRequest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A category of T2I-CompBench's prompts, and what is scored of them. */
public enum Category {
  /** Colours bound to objects. */
  COLOR("Color"),
  /** Shapes bound to objects. */
  SHAPE("Shape"),
  /** Textures bound to objects. */
  TEXTURE("Texture"),
  /** Two things, one left of, right of, above, below or near the other. */
  SPATIAL("Spatial"),
  /** Things that do something. */
  NON_SPATIAL("Non-Spatial"),
  /** Several of these. */
  COMPLEX("Complex"),
  /** How many there are. */
  NUMERACY("Numeracy"),
  /** In front, behind, hidden. */
  SPATIAL_3D("3D-Spatial");

  private final String title;

  Category(String title) {
    this.title = title;
  }

  /** The heading in tables. */
  public String title() {
    return title;
  }

  /** The name in tables of rows: {@code non_spatial}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The category of an id, if it is one. */
  public static Optional<Category> ofId(String id) {
    return Arrays.stream(values()).filter(category -> category.id().equals(id)).findFirst();
  }

  /**
   * The category that a prompt set's name ends in: {@code color}, {@code color_val}, {@code
   * prompts/t2i_compbench_3d_spatial.txt}.
   */
  public static Optional<Category> ofSet(String set) {
    String name =
        set.substring(set.lastIndexOf('/') + 1)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\.[a-z]+$", "")
            .replace('-', '_')
            .replaceAll("_(val|train|test)$", "")
            .replaceAll("3d_spatial$", "spatial_3d");
    return Arrays.stream(values())
        .filter(category -> name.equals(category.id()) || name.endsWith("_" + category.id()))
        .max(Comparator.comparingInt(category -> category.id().length()));
  }

  /**
   * What a request asks for: colour and shape always; the rest where it is said. Complex is what
   * has two groups or more, a place or a relation, and a texture or a size.
   */
  static List<Category> of(SceneRequest request) {
    Set<Category> categories = EnumSet.of(SHAPE);
    List<GroupRequest> groups = request.groups();
    boolean located =
        !request.relations().isEmpty() || groups.stream().anyMatch(g -> g.ninth().isPresent());
    boolean textured = groups.stream().anyMatch(group -> group.texture().isPresent());
    if (groups.stream().anyMatch(group -> group.hue().isPresent())) {
      categories.add(COLOR);
    }
    if (textured) {
      categories.add(TEXTURE);
    }
    if (located) {
      categories.add(SPATIAL);
    }
    if (groups.stream().anyMatch(group -> group.count() > 1)) {
      categories.add(NUMERACY);
    }
    if (groups.size() > 1
        && located
        && (textured || groups.stream().anyMatch(group -> group.magnitude().isPresent()))) {
      categories.add(COMPLEX);
    }
    return List.copyOf(categories);
  }
}
