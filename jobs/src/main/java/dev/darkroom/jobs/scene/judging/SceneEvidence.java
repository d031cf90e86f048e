package dev.darkroom.jobs.scene.judging;

import dev.darkroom.generation.evaluation.Box;
import dev.darkroom.generation.evaluation.Position;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What somebody saw in a picture: a detector, whose things have boxes, or a describer, who said how
 * they lie from each other.
 *
 * @param things the objects
 * @param description what was said, where the things come from a description
 */
public record SceneEvidence(List<SeenThing> things, Optional<SceneRequest> description) {
  private static final Set<Trait> COLOR = Set.of(Trait.COLOR);

  /** Takes a copy. */
  public SceneEvidence {
    things = List.copyOf(things);
  }

  /** What a detector found. */
  public static SceneEvidence of(Detection detection) {
    return new SceneEvidence(
        detection.objects().stream().map(SeenThing::of).toList(), Optional.empty());
  }

  /** What a description says is there. */
  public static SceneEvidence of(SceneRequest description) {
    return new SceneEvidence(
        description.groups().stream()
            .flatMap(group -> Collections.nCopies(group.count(), SeenThing.of(group)).stream())
            .toList(),
        Optional.of(description));
  }

  /** The things of a shape that have these traits, as far as they are asked for. */
  private Stream<SeenThing> fitting(GroupRequest wanted, Set<Trait> traits) {
    return things.stream().filter(thing -> thing.fits(wanted, traits));
  }

  /** How sure it is that such a thing is there: 0 where none was seen, at most 1. */
  public double confidence(GroupRequest wanted, Set<Trait> traits) {
    return fitting(wanted, traits).mapToDouble(SeenThing::confidence).max().orElse(0);
  }

  /** How many such things were seen. */
  public int count(GroupRequest wanted, Set<Trait> traits) {
    return (int) fitting(wanted, traits).count();
  }

  /** Whether such a thing is in the ninth that is asked for. */
  public boolean isPlaced(GroupRequest wanted) {
    return fitting(wanted, COLOR)
        .anyMatch(thing -> SeenThing.isAsAsked(wanted.ninth(), thing.ninth()));
  }

  /**
   * How well a relation holds, 0 to 1. A detector's things are compared by the boxes around all of
   * each side's; a describer must have said it, from either end.
   */
  public double position(SceneRequest request, RelationRequest relation) {
    if (description.isPresent()) {
      return isSaid(request, relation, description.get()) ? 1 : 0;
    }
    Optional<Box> subjects = box(request, relation.subjects());
    Optional<Box> objects = box(request, relation.objects());
    return subjects.isPresent() && objects.isPresent()
        ? relation.position().score(subjects.get(), objects.get())
        : 0;
  }

  private Optional<Box> box(SceneRequest request, List<Integer> members) {
    boolean allThere =
        members.stream().allMatch(member -> count(request.groups().get(member), COLOR) > 0);
    return allThere
        ? members.stream()
            .flatMap(member -> fitting(request.groups().get(member), COLOR))
            .flatMap(thing -> thing.box().stream())
            .reduce(Box::with)
        : Optional.empty();
  }

  private static boolean isSaid(
      SceneRequest request, RelationRequest relation, SceneRequest description) {
    List<Integer> subjects = found(request, relation.subjects(), description);
    List<Integer> objects = found(request, relation.objects(), description);
    return description.relations().stream()
        .anyMatch(
            said ->
                isSame(said, subjects, relation.position(), objects)
                    || isSame(said, objects, inverse(relation.position()), subjects));
  }

  private static boolean isSame(
      RelationRequest said, List<Integer> subjects, Position position, List<Integer> objects) {
    return (said.position() == position || position == Position.NEXT_TO)
        && said.subjects().equals(subjects)
        && said.objects().equals(objects);
  }

  /** The groups of a description that look like those that are asked for, in its order. */
  private static List<Integer> found(
      SceneRequest request, List<Integer> members, SceneRequest description) {
    return IntStream.range(0, description.groups().size())
        .filter(
            i ->
                members.stream()
                    .anyMatch(
                        member -> description.groups().get(i).isLike(request.groups().get(member))))
        .boxed()
        .toList();
  }

  private static Position inverse(Position position) {
    return switch (position) {
      case LEFT_OF -> Position.RIGHT_OF;
      case RIGHT_OF -> Position.LEFT_OF;
      case ABOVE -> Position.BELOW;
      case BELOW -> Position.ABOVE;
      case NEXT_TO -> Position.NEXT_TO;
    };
  }
}
