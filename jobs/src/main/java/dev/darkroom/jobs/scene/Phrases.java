package dev.darkroom.jobs.scene;

import java.util.List;
import java.util.stream.Collectors;

/** The parts of sentences about groups. */
final class Phrases {
  private static final List<String> NUMBERS = List.of("no", "one", "two", "three", "four");

  private Phrases() {}

  /** With everything that can be seen: "two small striped red circles". */
  static String full(Group group) {
    Look look = group.look();
    return "%s %s %s %s %s"
        .formatted(
            group.count() == 1 ? "a" : NUMBERS.get(group.count()),
            look.magnitude().word(),
            look.texture().word(),
            look.hue().word(),
            look.silhouette().word(group.count()));
  }

  /** With colour and shape: "an orange circle", "two red circles". */
  static String brief(Group group) {
    String name = name(group);
    if (group.count() > 1) {
      return NUMBERS.get(group.count()) + " " + name;
    }
    return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
  }

  /** Colour and shape alone: "orange circle", "red circles". */
  static String name(Group group) {
    return group.look().hue().word() + " " + group.look().silhouette().word(group.count());
  }

  /** "a", "a and b", "a, b, and c". */
  static String list(List<String> parts) {
    if (parts.size() < 3) {
      return String.join(" and ", parts);
    }
    return parts.subList(0, parts.size() - 1).stream().collect(Collectors.joining(", "))
        + ", and "
        + parts.get(parts.size() - 1);
  }
}
