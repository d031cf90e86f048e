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

/** The head of the page: what it is about, and its most important figures. */
final class Glance {
  private static final int MOST_LINES = 4;

  private Glance() {}

  static Element header(CurationFigures figures) {
    List<Html> tiles = new ArrayList<>();
    if (!figures.images().isEmpty()) {
      tiles.add(
          tile(
              "Images",
              figures.images(),
              ImageFigures::input,
              image -> Numbers.count(image.images())));
    }
    List<CaptionFigures> sets =
        figures.captions().stream().filter(set -> set.captions() > 0).toList();
    if (!sets.isEmpty()) {
      tiles.add(tile("Captions", sets, set -> Numbers.count(set.captions())));
      tiles.add(
          tile("Nouns per caption", sets, set -> Numbers.one(set.nouns().density().average())));
      tiles.add(
          tile("Words in a caption, median", sets, set -> Numbers.count(set.length().median())));
      tiles.add(
          tile(
              "Captions that repeat another",
              sets,
              set -> Numbers.percent(set.duplicates().surplus(), set.duplicates().things())));
    }
    if (!figures.archives().isEmpty()) {
      tiles.add(
          tile(
              "Bytes left by compression",
              figures.archives(),
              ArchiveFigures::input,
              Glance::kept));
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
    long others =
        figures.failures().stream().filter(failed.negate()).mapToLong(Failure::rows).sum();
    long bad =
        figures.captions().stream()
            .mapToLong(set -> set.nulls() + set.blanks() + set.notText())
            .sum();
    return tile(
        "Rows that failed",
        List.of(
            line(
                Numbers.count(failures),
                "%s fell short, %s without a caption"
                    .formatted(Numbers.count(others), Numbers.count(bad)))));
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

  private static Element tile(
      String what, List<CaptionFigures> sets, Function<CaptionFigures, String> figure) {
    return tile(what, sets, CaptionFigures::name, figure);
  }

  private static <T> Element tile(
      String what, List<T> things, Function<T, String> name, Function<T, String> figure) {
    List<String> all = things.stream().map(figure).distinct().toList();
    if (all.size() == 1) {
      String names = things.size() == 1 ? name.apply(things.get(0)) : "in each set";
      return tile(what, List.of(line(all.get(0), names)));
    }
    List<Element> lines =
        new ArrayList<>(
            things.stream()
                .limit(MOST_LINES)
                .map(thing -> line(figure.apply(thing), name.apply(thing)))
                .toList());
    if (things.size() > MOST_LINES) {
      lines.add(line("\u2026", "and %d more".formatted(things.size() - MOST_LINES)));
    }
    return tile(what, lines);
  }

  private static Element line(String figure, String name) {
    return Element.of("dd", Element.of("b", figure), Element.of("bdi", name));
  }

  private static Element tile(String what, List<Element> lines) {
    return Element.of("div", Element.of("dt", what)).and(lines.toArray(Html[]::new));
  }
}
