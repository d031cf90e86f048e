package dev.darkroom.jobs.scene.judging;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a picture shows what was asked for, thing by thing; no value where it was not asked for.
 *
 * <p>Of a request for one object, each is looked at by itself, in the thing that is most like it.
 * Of a request for more, a colour, texture or size is right where a thing of that shape has it.
 *
 * @param color the colours
 * @param shape the shapes
 * @param texture the textures; with the colour, where there are several objects
 * @param size the sizes; with the colour, where there are several objects
 * @param position the ninth of the picture
 * @param relation how the groups lie from each other
 * @param count how many there are of each, and nothing else
 * @param all everything that was asked for
 */
public record SceneVerdict(
    Optional<Boolean> color,
    boolean shape,
    Optional<Boolean> texture,
    Optional<Boolean> size,
    Optional<Boolean> position,
    Optional<Boolean> relation,
    boolean count,
    boolean all) {
  /** A relation whose boxes overlap so far that they score less does not hold. */
  private static final double HOLDS = 0.5;

  /** Compares what was asked for with what was seen. */
  public static SceneVerdict of(SceneRequest asked, SceneEvidence seen) {
    return asked.objects() == 1 ? ofOne(asked.groups().get(0), seen) : ofMany(asked, seen);
  }

  private static SceneVerdict ofOne(GroupRequest asked, SceneEvidence seen) {
    Optional<SeenThing> thing =
        seen.things().stream()
            .max(
                Comparator.comparingInt((SeenThing each) -> each.likeness(asked))
                    .thenComparingDouble(SeenThing::confidence));
    return whole(
        asked.hue().map(hue -> thing.flatMap(SeenThing::hue).equals(asked.hue())),
        thing.map(each -> each.silhouette() == asked.silhouette()).orElse(false),
        asked.texture().map(t -> thing.flatMap(SeenThing::texture).equals(asked.texture())),
        asked.magnitude().map(m -> thing.flatMap(SeenThing::magnitude).equals(asked.magnitude())),
        asked.ninth().map(n -> thing.flatMap(SeenThing::ninth).equals(asked.ninth())),
        Optional.empty(),
        seen.things().size() == 1);
  }

  private static SceneVerdict ofMany(SceneRequest asked, SceneEvidence seen) {
    Set<Trait> color = Set.of(Trait.COLOR);
    return whole(
        right(asked, seen, asked.groups().stream().anyMatch(g -> g.hue().isPresent()), color),
        right(asked, seen, true, Set.of()).orElseThrow(),
        right(
            asked,
            seen,
            asked.groups().stream().anyMatch(g -> g.texture().isPresent()),
            Set.of(Trait.COLOR, Trait.TEXTURE)),
        right(
            asked,
            seen,
            asked.groups().stream().anyMatch(g -> g.magnitude().isPresent()),
            Set.of(Trait.COLOR, Trait.SIZE)),
        asked.groups().stream().anyMatch(g -> g.ninth().isPresent())
            ? Optional.of(asked.groups().stream().allMatch(seen::isPlaced))
            : Optional.empty(),
        asked.relations().isEmpty()
            ? Optional.empty()
            : Optional.of(
                asked.relations().stream()
                    .allMatch(relation -> seen.position(asked, relation) >= HOLDS)),
        seen.things().size() == asked.objects()
            && asked.groups().stream().allMatch(g -> seen.count(g, color) == g.count()));
  }

  private static Optional<Boolean> right(
      SceneRequest asked, SceneEvidence seen, boolean isAsked, Set<Trait> traits) {
    return isAsked
        ? Optional.of(asked.groups().stream().allMatch(group -> seen.count(group, traits) > 0))
        : Optional.empty();
  }

  private static SceneVerdict whole(
      Optional<Boolean> color,
      boolean shape,
      Optional<Boolean> texture,
      Optional<Boolean> size,
      Optional<Boolean> position,
      Optional<Boolean> relation,
      boolean count) {
    boolean all =
        shape
            && count
            && Stream.of(color, texture, size, position, relation)
                .allMatch(each -> each.orElse(true));
    return new SceneVerdict(color, shape, texture, size, position, relation, count, all);
  }
}
