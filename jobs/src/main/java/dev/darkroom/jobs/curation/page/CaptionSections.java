package dev.darkroom.jobs.curation.page;

import dev.darkroom.jobs.curation.figures.CaptionFigures;
import dev.darkroom.jobs.curation.figures.CurationFigures;
import dev.darkroom.jobs.curation.figures.Duplicates;
import dev.darkroom.jobs.curation.figures.ImageFigures;
import dev.darkroom.jobs.curation.figures.Tally;
import java.util.ArrayList;
import java.util.List;

/** What the report says about how long, how readable and how often the same captions are. */
final class CaptionSections {
  private static final double SCORE_WIDTH = 5;
  private static final int BINS = 48;

  private final CurationFigures figures;
  private final List<String> names;

  CaptionSections(CurationFigures figures) {
    this.figures = figures;
    this.names = figures.captions().stream().map(CaptionFigures::name).toList();
  }

  Section lengths() {
    List<Html> content = new ArrayList<>();
    content.add(Legend.of(names));
    Table table =
        Table.of("Captions")
            .number("words, mean")
            .number("5\u202F%")
            .number("median")
            .number("95\u202F%")
            .number("reading ease, mean");
    for (CaptionFigures set : figures.captions()) {
      table.row(
          set.name(),
          Numbers.one(set.length().mean()),
          Numbers.count(set.length().p5()),
          Numbers.count(set.length().median()),
          Numbers.count(set.length().p95()),
          set.readability().captions() == 0 ? "\u2013" : Numbers.one(set.readability().mean()));
    }
    double width = width();
    double end = Math.max(width, Math.ceil(1.25 * longest() / width) * width);
    Series words = new Series(width);
    Series scores = new Series(SCORE_WIDTH);
    for (CaptionFigures set : figures.captions()) {
      words.add(set.name(), Series.rebinned(set.length().words(), width, end));
      scores.add(set.name(), set.readability().scores());
    }
    List<Html> charts = new ArrayList<>();
    if (!words.isEmpty()) {
      charts.add(
          words
              .chart("Words in a caption", "The last step has all that are longer.", "words", names)
              .toElement());
    }
    if (!scores.isEmpty()) {
      charts.add(
          scores
              .chart(
                  "Reading ease",
                  "Flesch\u2019s score, a rough measure for texts so short: about 100 is very easy,"
                      + " 0 very hard. The outer steps have all that is beyond.",
                  "score",
                  names)
              .toElement());
    }
    content.add(Element.of("div", charts).with("class", "pair"));
    content.add(table.toElement());
    return new Section("lengths", "Length and readability", "Length", content);
  }

  private double longest() {
    return figures.captions().stream().mapToLong(set -> set.length().p95()).max().orElse(1);
  }

  private double width() {
    double[] widths = {1, 2, 5, 10, 20, 50, 100};
    for (double width : widths) {
      if (1.25 * longest() / width <= BINS) {
        return width;
      }
    }
    return widths[widths.length - 1];
  }

  Section duplicates() {
    Table table =
        Table.of("Of")
            .number("all")
            .number("distinct")
            .number("that repeat")
            .number("could go")
            .number("share");
    Table top = Table.of("Set").text("what repeats most").number("times");
    figures.captions().forEach(set -> row(table, top, set.name(), set.duplicates()));
    for (ImageFigures images : figures.images()) {
      if (images.duplicates().things() > 0) {
        row(table, top, images.input() + ": image files", images.duplicates());
      }
    }
    List<Html> content = new ArrayList<>();
    content.add(
        Element.of(
                "p",
                "Captions are the same where they differ in white space and capitals alone, images"
                    + " where their files have the same SHA-256.")
            .with("class", "lead"));
    content.add(table.toElement());
    if (!top.isEmpty()) {
      content.add(
          Element.of("details", Element.of("summary", "What repeats most"), top.toElement()));
    }
    return new Section("duplicates", "Duplicates", "Duplicates", content);
  }

  private static void row(Table table, Table top, String name, Duplicates duplicates) {
    table.row(
        name,
        Numbers.count(duplicates.things()),
        Numbers.count(duplicates.distinct()),
        Numbers.count(duplicates.repeated()),
        Numbers.count(duplicates.surplus()),
        Numbers.percent(duplicates.surplus(), duplicates.things()));
    for (Tally tally : duplicates.top()) {
      top.row(name, tally.name(), Numbers.count(tally.count()));
    }
  }
}
