package dev.darkroom.jobs.scene.judging;

import dev.darkroom.generation.evaluation.Position;
import dev.darkroom.jobs.scene.Ground;
import dev.darkroom.jobs.scene.Hue;
import dev.darkroom.jobs.scene.Magnitude;
import dev.darkroom.jobs.scene.Silhouette;
import dev.darkroom.jobs.scene.Style;
import dev.darkroom.jobs.scene.Texture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Reads one text about a scene, by descent:
 *
 * <pre>
 * text      = [opening] group {join group} [place | arrangement] ["on a" [style] ground "background"]
 *             ["."] {sentence}
 * group     = number {size | texture | hue} shape [place]
 * join      = relation | [","] "and" | ","; after a relation also ", both" relation
 * sentence  = clause {", and" clause} "." | "the background is" ground [", and the style is" style] "."
 * clause    = ("the" name | "both") ("is" | "are") relation ("the" name | "both")
 * </pre>
 */
final class SceneTextParser {
  private static final String[] NUMBERS = {"one", "two", "three", "four"};
  private static final String[] OPENINGS = {
    "the image features", "the image shows", "pixel art of", "an image of", "a picture of"
  };

  private final Words words;
  private final List<GroupRequest> groups = new ArrayList<>();
  private final List<RelationRequest> relations = new ArrayList<>();
  private Optional<Arrangement> arrangement = Optional.empty();
  private Optional<Ground> ground = Optional.empty();
  private Optional<Style> style = Optional.empty();

  SceneTextParser(String text) {
    this.words = new Words(text);
  }

  Optional<SceneRequest> request() {
    while (words.takeAny(OPENINGS)) {
      // Openings say nothing; there may be two.
    }
    boolean whole = takeGroups() && takeSurroundings() && takeSentences();
    return whole && groups.size() <= GroupRequest.MOST
        ? Optional.of(new SceneRequest(groups, relations, arrangement, ground, style))
        : Optional.empty();
  }

  private boolean takeGroups() {
    Optional<GroupRequest> first = takeGroup();
    if (first.isEmpty()) {
      return false;
    }
    groups.add(first.get());
    while (true) {
      int before = words.place();
      boolean both = words.takeAny(", and both", ", both", "both");
      Optional<Position> position = takePosition();
      boolean listed = !both && position.isEmpty() && words.takeAny(", and", "and", ",");
      if (position.isEmpty() && !listed) {
        words.back(before);
        return !both;
      }
      Optional<GroupRequest> next = takeGroup();
      if (next.isEmpty()) {
        return false;
      }
      int added = groups.size();
      groups.add(next.get());
      if (both && added < 2) {
        return false;
      }
      position.ifPresent(
          how ->
              relations.add(
                  both
                      ? new RelationRequest(List.of(added - 2, added - 1), how, List.of(added))
                      : RelationRequest.of(added - 1, how, added)));
    }
  }

  private Optional<GroupRequest> takeGroup() {
    int before = words.place();
    int count = takeCount();
    Optional<Magnitude> magnitude = Optional.empty();
    Optional<Texture> texture = Optional.empty();
    Optional<Hue> hue = Optional.empty();
    for (int word = 0; count > 0 && word < 4; word++) {
      Optional<Magnitude> size = words.takeOne(Magnitude.values(), m -> List.of(m.word()));
      Optional<Texture> surface = words.takeOne(Texture.values(), t -> List.of(t.word()));
      Optional<Hue> color = words.takeOne(Hue.values(), h -> List.of(h.word()));
      magnitude = size.or(keep(magnitude));
      texture = surface.or(keep(texture));
      hue = color.or(keep(hue));
    }
    int number = count;
    Optional<Silhouette> silhouette =
        words.takeOne(Silhouette.values(), s -> List.of(s.word(number)));
    if (count == 0 || silhouette.isEmpty()) {
      words.back(before);
      return Optional.empty();
    }
    GroupRequest group =
        new GroupRequest(count, magnitude, texture, hue, silhouette.get(), Optional.empty());
    return Optional.of(takeNinth().map(group::in).orElse(group));
  }

  private static <T> Supplier<Optional<T>> keep(Optional<T> value) {
    return () -> value;
  }

  /** 0 where no number comes next. */
  private int takeCount() {
    if (words.takeAny("a", "an")) {
      return 1;
    }
    return IntStream.range(0, NUMBERS.length)
        .filter(i -> words.take(NUMBERS[i]))
        .map(i -> i + 1)
        .findFirst()
        .orElse(0);
  }

  /** A place in the picture, unless it is how something lies from another: "on the left of". */
  private Optional<PictureNinth> takeNinth() {
    int before = words.place();
    Optional<PictureNinth> ninth = words.takeOne(PictureNinth.values(), PictureNinth::phrases);
    if (ninth.isPresent() && words.take("of") && !words.takeAny("the picture", "the image")) {
      words.back(before);
      return Optional.empty();
    }
    return ninth;
  }

  private Optional<Position> takePosition() {
    return words.takeOne(Position.values(), SceneTextParser::phrases);
  }

  private static List<String> phrases(Position position) {
    return switch (position) {
      case LEFT_OF -> List.of("left of", "to the left of", "on the left of");
      case RIGHT_OF -> List.of("right of", "to the right of", "on the right of");
      case ABOVE -> List.of("above", "on the top of", "on top of");
      case BELOW -> List.of("below", "on the bottom of", "under");
      case NEXT_TO -> List.of("next to", "near", "on side of", "on the side of");
    };
  }

  private boolean takeSurroundings() {
    arrangement = words.takeOne(Arrangement.values(), Arrangement::phrases);
    int before = words.place();
    if (words.takeAny("on a", "on an")) {
      style = words.takeOne(Style.values(), s -> List.of(s.word()));
      ground = words.takeOne(Ground.values(), g -> List.of(g.word()));
      if (ground.isEmpty() || !words.take("background")) {
        words.back(before);
        return false;
      }
    }
    return arrangement.isEmpty() || groups.size() == 1;
  }

  private boolean takeSentences() {
    words.take(".");
    while (!words.atEnd()) {
      if (!takeBackground() && !takeClauses()) {
        return false;
      }
    }
    return true;
  }

  private boolean takeBackground() {
    if (!words.take("the background is")) {
      return false;
    }
    ground = words.takeOne(Ground.values(), g -> List.of(g.word()));
    if (words.takeAny(", and the style is", "and the style is")) {
      style = words.takeOne(Style.values(), s -> List.of(s.word()));
      if (style.isEmpty()) {
        return false;
      }
    }
    return ground.isPresent() && (words.take(".") || words.atEnd());
  }

  private boolean takeClauses() {
    List<Integer> last = List.of();
    do {
      boolean both = words.take("both");
      List<Integer> subjects = both ? last : takeName();
      if (subjects.isEmpty() || !words.takeAny("is", "are")) {
        return false;
      }
      Optional<Position> position = takePosition();
      if (position.isEmpty()) {
        return false;
      }
      List<Integer> objects = words.take("both") ? last : takeName();
      if (objects.isEmpty()) {
        return false;
      }
      relations.add(new RelationRequest(subjects, position.get(), objects));
      last = IntStream.concat(ints(subjects), ints(objects)).boxed().toList();
    } while (words.takeAny(", and", "and"));
    return words.take(".") || words.atEnd();
  }

  private static IntStream ints(List<Integer> members) {
    return members.stream().mapToInt(Integer::intValue);
  }

  /** The group of a name such as "the red circles"; empty where there is none. */
  private List<Integer> takeName() {
    if (!words.take("the")) {
      return List.of();
    }
    Optional<Hue> hue = words.takeOne(Hue.values(), h -> List.of(h.word()));
    Optional<Silhouette> silhouette =
        words.takeOne(Silhouette.values(), s -> List.of(s.word(1), s.word(2)));
    return silhouette
        .map(
            shape ->
                IntStream.range(0, groups.size())
                    .filter(i -> groups.get(i).silhouette() == shape)
                    .filter(i -> hue.isEmpty() || groups.get(i).hue().equals(hue))
                    .limit(1)
                    .boxed()
                    .toList())
        .orElse(List.of());
  }
}
