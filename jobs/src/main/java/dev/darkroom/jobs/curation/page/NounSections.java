package dev.darkroom.jobs.curation.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.jobs.curation.figures.CaptionFigures;
import dev.darkroom.jobs.curation.figures.CurationFigures;
import dev.darkroom.jobs.curation.figures.NounFigures;
import dev.darkroom.jobs.curation.figures.NounFigures.Density;
import dev.darkroom.jobs.curation.figures.NounShift;
import dev.darkroom.jobs.curation.figures.Tally;
import java.util.ArrayList;
import java.util.List;

/** What the report says about nouns: their density, their frequencies, and how they shift. */
final class NounSections {
  /** No set is called so. */
  private static final String PAPER = "(the paper)\n";

  private final CurationFigures figures;
  private final List<String> names;

  NounSections(CurationFigures figures) {
    this.figures = figures;
    this.names = figures.captions().stream().map(CaptionFigures::name).toList();
  }

  Section density() {
    Table table = densities();
    figures.captions().forEach(set -> table.row(cells(set.name(), set.nouns().density(), false)));
    PaperRow.ALL.forEach(
        paper ->
            table.styled(
                "paper",
                paper.name() + " (paper)",
                "\u2013",
                paper.valid() + "\u202FK",
                Numbers.count(paper.distinct()) + "\u202FK",
                Numbers.percent(paper.share()),
                Numbers.one(paper.total()) + "\u202FM",
                Numbers.one(paper.average())));
    List<Html> content = new ArrayList<>();
    content.add(
        Element.of(
                "p",
                "How much a caption tells, by its nouns: VN counts the distinct nouns that occur"
                    + " more than "
                    + Numbers.count(figures.threshold())
                    + " times, DN all distinct nouns. The grey rows are table 1 of PixArt-\u03B1"
                    + " (Chen et al., 2023), as printed there.")
            .with("class", "lead"));
    content.add(averages().toElement());
    content.add(table.toElement());
    content.add(
        Element.of(
                "p",
                "VN/DN grows with the number of captions N, since in a small set most nouns are too"
                    + " rare to be valid; so compare sets of different size at a common N alone.")
            .with("class", "note"));
    long sizes = figures.captions().stream().mapToLong(CaptionFigures::captions).distinct().count();
    if (sizes > 1) {
      content.add(Element.of("h3", "At a common N"));
      content.add(rarefied().toElement());
      content.add(
          Element.of(
                  "p",
                  "What to expect of as many captions as the smallest set has, drawn at random"
                      + " (rarefaction).")
              .with("class", "note"));
    }
    return new Section("density", "Noun density", "Noun density", content);
  }

  private static Table densities() {
    return Table.of("Captions")
        .number("N")
        .number("VN")
        .number("DN")
        .number("VN/DN")
        .number("nouns")
        .number("per caption");
  }

  private Table rarefied() {
    Table table = densities();
    figures.captions().forEach(set -> table.row(cells(set.name(), set.nouns().rarefied(), true)));
    return table;
  }

  private static String[] cells(String name, Density density, boolean expected) {
    return new String[] {
      name,
      Numbers.count(density.captions()),
      expected ? Numbers.rough(density.valid()) : Numbers.count(density.valid()),
      expected ? Numbers.rough(density.distinct()) : Numbers.count(density.distinct()),
      Numbers.percent(density.ratio()),
      Numbers.count(density.total()),
      Numbers.one(density.average())
    };
  }

  private Chart averages() {
    Spec spec = Spec.of(Spec.mark("bar").put("cornerRadiusEnd", 2)).step(26);
    Table table = Table.of("Captions").number("nouns per caption");
    for (CaptionFigures set : figures.captions()) {
      double average = set.nouns().density().average();
      table.row(set.name(), Numbers.one(average));
      spec.row()
          .put("name", set.name())
          .put("set", set.name())
          .put("average", Numbers.rounded(average));
    }
    for (PaperRow paper : PaperRow.ALL) {
      String name = paper.name() + " (paper)";
      table.styled("paper", name, Numbers.one(paper.average()));
      spec.row().put("name", name).put("set", PAPER).put("average", paper.average());
    }
    spec.channel("y", "name", "nominal", "")
        .putNull("sort")
        .putObject("axis")
        .put("labelLimit", 180);
    spec.channel("x", "average", "quantitative", "nouns per caption");
    spec.colours("set", names, List.of(PAPER));
    spec.tooltip("name", "captions", "average", "nouns each");
    return new Chart("Nouns per caption", "", spec.build(), table);
  }

  Section frequencies() {
    ObjectNode mark = Spec.mark("line").put("interpolate", "monotone").put("strokeWidth", 2);
    mark.putObject("point").put("opacity", 0).put("size", 80);
    Spec spec = Spec.of(mark).height(320);
    Table table = Table.of("Captions").text("most frequent nouns");
    for (CaptionFigures set : figures.captions()) {
      NounFigures nouns = set.nouns();
      nouns
          .curve()
          .forEach(
              point ->
                  spec.row()
                      .put("set", set.name())
                      .put("rank", point.rank())
                      .put("count", point.count()));
      table.row(
          set.name(), String.join(", ", nouns.top().stream().map(NounSections::told).toList()));
    }
    logarithmic(spec.channel("x", "rank", "quantitative", "rank of the noun"));
    logarithmic(spec.channel("y", "count", "quantitative", "occurrences"));
    spec.colours("set", names);
    spec.tooltip("set", "captions", "rank", "rank", "count", "occurrences");
    return new Section(
        "frequencies",
        "Noun frequencies",
        "Frequencies",
        List.of(
            lead(
                "The most frequent noun has rank 1. A curve that reaches further right has more"
                    + " different nouns; one that is flatter spreads its words more evenly."),
            Legend.of(names),
            new Chart(
                    "Occurrences of a noun by its rank",
                    "Both axes are logarithmic.",
                    spec.build(),
                    table)
                .toElement()));
  }

  private static String told(Tally tally) {
    return tally.name() + " " + Numbers.count(tally.count());
  }

  private static void logarithmic(ObjectNode channel) {
    channel.putObject("scale").put("type", "log");
    channel.putObject("axis").put("format", "~s").put("tickCount", 5);
  }

  Section shifts() {
    List<Html> content = new ArrayList<>();
    content.add(
        lead(
            "Occurrences in 1,000 captions, so that sets of different size can be compared: what"
                + " the other captions talk about more, and what they leave out."));
    List<Html> charts = new ArrayList<>();
    figures.shifts().forEach(shift -> charts.add(shift(shift).toElement()));
    content.add(Element.of("div", charts).with("class", "pair"));
    return new Section("shifts", "Nouns gained and lost", "Gained and lost", content);
  }

  private Chart shift(NounShift shift) {
    Spec spec = Spec.of(Spec.mark("bar")).step(17);
    Table table =
        Table.of("Noun").number(shift.before()).number(shift.after()).number("difference");
    List<NounShift.Change> changes = new ArrayList<>(shift.gained());
    for (int i = shift.lost().size() - 1; i >= 0; i--) {
      changes.add(shift.lost().get(i));
    }
    for (NounShift.Change change : changes) {
      table.row(
          change.noun(),
          Numbers.one(change.before()),
          Numbers.one(change.after()),
          Numbers.signed(change.difference()));
      spec.row()
          .put("noun", change.noun())
          .put("more", change.difference() > 0 ? shift.after() : shift.before())
          .put("before", Numbers.one(change.before()))
          .put("after", Numbers.one(change.after()))
          .put("difference", Numbers.rounded(change.difference()));
    }
    spec.channel("y", "noun", "nominal", "")
        .putNull("sort")
        .putObject("axis")
        .put("labelLimit", 130)
        .put("ticks", false)
        .put("domain", false);
    spec.channel("x", "difference", "quantitative", "more or fewer in 1,000 captions");
    spec.colours("more", names);
    spec.tooltip("noun", "noun", "before", shift.before(), "after", shift.after());
    return new Chart(shift.before() + " \u2192 " + shift.after(), "", spec.build(), table);
  }

  private static Element lead(String text) {
    return Element.of("p", text).with("class", "lead");
  }
}
