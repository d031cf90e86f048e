package dev.darkroom.jobs.curation.page;

import dev.darkroom.jobs.curation.figures.ArchiveFigures;
import dev.darkroom.jobs.curation.figures.ArchiveFigures.Outcome;
import dev.darkroom.jobs.curation.figures.CaptionFigures;
import dev.darkroom.jobs.curation.figures.CurationFigures;
import dev.darkroom.jobs.curation.figures.Failure;
import dev.darkroom.jobs.curation.figures.ImageFigures;
import dev.darkroom.jobs.curation.figures.InputFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The head of the page: what it is about, and its most important figures. */
final class Glance {
  private static final int MOST_SIDE_BY_SIDE = 4;

  private Glance() {}

  static Element header(CurationFigures figures) {
    List<Html> tiles = new ArrayList<>();
    if (!figures.images().isEmpty()) {
      tiles.add(
          tile(
              "Images",
              sideBySide(figures.images(), image -> Numbers.count(image.images())),
              names(figures.images(), ImageFigures::input)));
    }
    List<CaptionFigures> sets =
        figures.captions().stream().filter(set -> set.captions() > 0).toList();
    if (!sets.isEmpty()) {
      String names = names(sets, CaptionFigures::name);
      tiles.add(tile("Captions", sideBySide(sets, set -> Numbers.count(set.captions())), names));
      tiles.add(
          tile(
              "Nouns per caption",
              sideBySide(sets, set -> Numbers.one(set.nouns().density().average())),
              names));
      tiles.add(
          tile("Words, median", sideBySide(sets, set -> Numbers.count(set.length().median())), names));
      tiles.add(
          tile(
              "Captions that repeat another",
              sideBySide(
                  sets,
                  set -> Numbers.percent(set.duplicates().surplus(), set.duplicates().things())),
              names));
    }
    if (!figures.archives().isEmpty()) {
      tiles.add(
          tile(
              "Bytes after compression",
              sideBySide(figures.archives(), Glance::kept),
              names(figures.archives(), ArchiveFigures::input)));
    }
    tiles.add(failed(figures));
    return Element.of(
        "header",
        Element.of("p", "Curation report").with("class", "kind"),
        Element.of("h1", Element.of("bdi", figures.title())),
        Element.of("p", about(figures)).with("class", "about"),
        Element.of("dl", tiles).with("class", "tiles"));
  }

  private static String about(CurationFigures figures) {
    long rows = figures.inputs().stream().mapToLong(InputFigures::rows).sum();
    int inputs = figures.inputs().size();
    return "%s rows of %s, read on %s at %s UTC."
        .formatted(
            Numbers.count(rows),
            inputs == 1 ? "one table" : inputs + " tables",
            figures.making().at().substring(0, 10),
            figures.making().at().substring(11, 16));
  }

  private static Element failed(CurationFigures figures) {
    Predicate<Failure> failed = failure -> failure.status().equals("failed");
    long failures = figures.failures().stream().filter(failed).mapToLong(Failure::rows).sum();
    long others = figures.failures().stream().filter(failed.negate()).mapToLong(Failure::rows).sum();
    long bad =
        figures.captions().stream()
            .mapToLong(set -> set.nulls() + set.blanks() + set.notText())
            .sum();
    return tile(
        "Rows that failed",
        Numbers.count(failures),
        "%s fell short, %s without a caption".formatted(Numbers.count(others), Numbers.count(bad)));
  }

  private static String kept(ArchiveFigures archive) {
    long before = 0;
    long after = 0;
    for (Outcome outcome : archive.outcomes()) {
      if (!outcome.status().equals("failed")) {
        before += outcome.bytesBefore();
        after += outcome.bytesAfter();
      }
    }
    return Numbers.percent(after, before);
  }

  private static <T> String sideBySide(List<T> things, Function<T, String> figure) {
    String all =
        things.stream().limit(MOST_SIDE_BY_SIDE).map(figure).collect(Collectors.joining(" \u00B7 "));
    return things.size() > MOST_SIDE_BY_SIDE ? all + " \u2026" : all;
  }

  private static <T> String names(List<T> things, Function<T, String> name) {
    return things.size() == 1 ? name.apply(things.get(0)) : sideBySide(things, name);
  }

  private static Element tile(String what, String figure, String names) {
    return Element.of(
        "div",
        Element.of("dt", what),
        Element.of("dd", figure),
        Element.of("dd", Element.of("bdi", names)).with("class", "names"));
  }
}
