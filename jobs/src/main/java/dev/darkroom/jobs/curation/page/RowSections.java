package dev.darkroom.jobs.curation.page;

import dev.darkroom.jobs.curation.figures.CaptionFigures;
import dev.darkroom.jobs.curation.figures.CurationFigures;
import dev.darkroom.jobs.curation.figures.Failure;
import dev.darkroom.jobs.curation.figures.InputFigures;
import dev.darkroom.jobs.curation.figures.Making;
import dev.darkroom.jobs.curation.figures.Sample;
import java.util.ArrayList;
import java.util.List;

/** What the report shows of single rows, says about failures, and tells of its own making. */
final class RowSections {
  private final CurationFigures figures;

  RowSections(CurationFigures figures) {
    this.figures = figures;
  }

  Section samples() {
    List<Html> cards = new ArrayList<>();
    figures.samples().forEach(sample -> cards.add(card(sample)));
    return new Section(
        "samples",
        "A sample to look at",
        "Sample",
        List.of(
            Element.of(
                    "p",
                    "Drawn at random, the same rows for the same seed, and stratified: every status"
                        + " and every quarter of caption lengths has its share, however rare it"
                        + " is.")
                .with("class", "lead"),
            Element.of("div", cards).with("class", "cards")));
  }

  private Element card(Sample sample) {
    List<Html> parts = new ArrayList<>();
    Sample.Picture picture = sample.picture();
    if (!picture.data().isEmpty()) {
      parts.add(
          Element.of("img")
              .with("src", picture.data())
              .with("width", Integer.toString(picture.width()))
              .with("height", Integer.toString(picture.height()))
              .with("loading", "lazy")
              .with("alt", "The image that the captions are about"));
    } else if (!picture.problem().isEmpty()) {
      parts.add(
          Element.of(
                  "div",
                  Element.of("b", "No picture"),
                  Element.of("span", Element.of("bdi", picture.problem())))
              .with("class", "missing"));
    }
    List<Html> text = new ArrayList<>();
    text.add(Element.of("p", sample.stratum()).with("class", "stratum"));
    for (Sample.Caption caption : sample.texts()) {
      text.add(Element.of("h4", Element.of("bdi", caption.label())));
      text.add(caption(caption));
    }
    if (!sample.name().isEmpty()) {
      text.add(Element.of("p", Element.of("bdi", sample.name())).with("class", "path"));
    }
    parts.add(Element.of("div", text).with("class", "texts"));
    return Element.of("article", parts).with("class", "card");
  }

  private static Element caption(Sample.Caption caption) {
    if (caption.text().isBlank()) {
      return Element.of("p", "none").with("class", "none");
    }
    boolean cut = caption.characters() > caption.text().codePointCount(0, caption.text().length());
    Element text =
        Element.of("blockquote", Html.text(caption.text() + (cut ? "\u2026" : "")))
            .with("dir", "auto");
    return cut
        ? Element.of(
            "div",
            text,
            Element.of(
                    "p", "the beginning of " + Numbers.count(caption.characters()) + " characters")
                .with("class", "note"))
        : text;
  }

  Section failures() {
    Table table = Table.of("Input").text("status").text("type").number("rows").text("for example");
    for (Failure failure : figures.failures()) {
      table.row(
          failure.input(),
          failure.status(),
          failure.type().isEmpty() ? "\u2013" : failure.type(),
          Numbers.count(failure.rows()),
          failure.example());
    }
    return new Section(
        "failures",
        "What failed or fell short",
        "Failures",
        List.of(
            Element.of("p", "A failure is a row; the job that met it went on.")
                .with("class", "lead"),
            table.toElement()));
  }

  Section making() {
    Making making = figures.making();
    Table read = Table.of("Input").text("kind").number("rows").text("version").text("place");
    for (InputFigures input : figures.inputs()) {
      read.row(
          input.name(),
          input.kind(),
          Numbers.count(input.rows()),
          input.version() < 0 ? "\u2013" : "Delta " + input.version(),
          input.location());
    }
    List<Html> content = new ArrayList<>();
    content.add(read.toElement());
    if (!figures.captions().isEmpty()) {
      Table bad =
          Table.of("Captions")
              .number("rows")
              .number("null")
              .number("blank")
              .number("not text")
              .number("counted");
      for (CaptionFigures set : figures.captions()) {
        bad.row(
            set.name(),
            Numbers.count(set.rows()),
            Numbers.count(set.nulls()),
            Numbers.count(set.blanks()),
            Numbers.count(set.notText()),
            Numbers.count(set.captions()));
      }
      content.add(Element.of("h3", "Rows that were counted"));
      content.add(bad.toElement());
    }
    Table details = Table.of("Input").text("what").text("its rows say").number("rows");
    for (InputFigures input : figures.inputs()) {
      input
          .details()
          .forEach(
              detail ->
                  details.row(
                      input.name(), detail.name(), detail.value(), Numbers.count(detail.rows())));
    }
    if (!details.isEmpty()) {
      content.add(Element.of("h3", "What the rows say about their making"));
      content.add(details.toElement());
    }
    Table options = Table.of("Option").text("value");
    making.options().forEach((name, value) -> options.row(name, value));
    making.versions().forEach((name, value) -> options.row(name, value));
    options.row("made at", making.at());
    options.row("time", Numbers.one(making.seconds()) + " s");
    content.add(Element.of("h3", "This report"));
    content.add(options.toElement());
    return new Section("making", "How it was made", "Making", content);
  }
}
