package dev.darkroom.jobs.curation.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.jobs.curation.figures.ArchiveFigures;
import dev.darkroom.jobs.curation.figures.ArchiveFigures.Outcome;
import dev.darkroom.jobs.curation.figures.CurationFigures;
import dev.darkroom.jobs.curation.figures.Histogram;
import dev.darkroom.jobs.curation.figures.ImageFigures;
import dev.darkroom.jobs.curation.figures.InputFigures;
import dev.darkroom.jobs.curation.figures.Tally;
import dev.darkroom.jobs.report.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the report says about images: sizes, shapes, formats, and what compressing did to them. */
final class ImageSections {
  private static final double[] RATIOS = {0.25, 0.5, 0.75, 1, 1.33, 2, 4};

  private final CurationFigures figures;
  private final List<String> names;

  ImageSections(CurationFigures figures) {
    this.figures = figures;
    this.names = figures.inputs().stream().map(InputFigures::name).toList();
  }

  Section images() {
    Table table =
        Table.of("Images of")
            .number("images")
            .number("bytes")
            .number("bytes each")
            .number("with a known size");
    for (ImageFigures images : figures.images()) {
      table.row(
          images.input(),
          Numbers.count(images.images()),
          images.bytes() == 0 ? "\u2013" : Quantity.bytes(images.bytes()),
          images.bytes() == 0 ? "\u2013" : Quantity.bytes(images.bytes() / images.images()),
          Numbers.count(images.measured()));
    }
    List<Html> content = new ArrayList<>();
    content.add(table.toElement());
    if (figures.images().size() > 1) {
      content.add(Legend.of(names));
    }
    List<Html> charts = new ArrayList<>();
    if (figures.images().stream().anyMatch(images -> images.measured() > 0)) {
      charts.add(sizes().toElement());
      charts.add(aspects().toElement());
    }
    charts.add(formats().toElement());
    content.add(Element.of("div", charts).with("class", "pair"));
    return new Section("images", "Images", "Images", content);
  }

  private Chart sizes() {
    Spec spec = Spec.of(Spec.mark("bar")).height(220);
    Table table = Table.of("Images of").text("megapixels").number("images");
    each(
        ImageFigures::megapixels,
        (images, bin) -> {
          String label =
              Numbers.shortest(bin.from()) + "\u2009\u2013\u2009" + Numbers.shortest(bin.to());
          table.row(images.input(), label, Numbers.count(bin.count()));
          spec.row()
              .put("input", images.input())
              .put("size", label)
              .put("from", bin.from())
              .put("images", bin.count());
        });
    ObjectNode x = spec.channel("x", "size", "ordinal", "megapixels");
    x.putObject("sort").put("field", "from").put("op", "min");
    x.putObject("axis").put("labelAngle", -35);
    spec.channel("y", "images", "quantitative", "").putObject("axis").put("tickCount", 4);
    if (figures.images().size() > 1) {
      spec.channel("xOffset", "input", "nominal", "");
    }
    spec.colours("input", names);
    spec.tooltip("input", "input", "size", "megapixels", "images", "images");
    return new Chart("Size", "", spec.build(), table);
  }

  private Chart aspects() {
    Spec spec = Spec.of(Spec.mark("rect").put("fillOpacity", 0.75)).height(220);
    Table table = Table.of("Images of").text("width : height").number("images");
    each(
        ImageFigures::aspects,
        (images, bin) -> {
          String label = Numbers.two(bin.from()) + "\u2009\u2013\u2009" + Numbers.two(bin.to());
          table.row(images.input(), label, Numbers.count(bin.count()));
          spec.row()
              .put("input", images.input())
              .put("from", Numbers.rounded(bin.from()))
              .put("to", Numbers.rounded(bin.to()))
              .put("ratio", label)
              .put("base", 0)
              .put("images", bin.count());
        });
    ObjectNode x = spec.channel("x", "from", "quantitative", "width : height");
    ArrayNode domain = x.putObject("scale").put("type", "log").putArray("domain");
    domain.add(0.25).add(4);
    ((ObjectNode) x.get("scale")).put("clamp", true);
    ArrayNode values =
        x.putObject("axis").put("format", "~f").put("labelOverlap", false).putArray("values");
    for (double ratio : RATIOS) {
      values.add(ratio);
    }
    spec.to("x2", "to");
    ObjectNode y = spec.channel("y", "images", "quantitative", "");
    y.putObject("scale").put("zero", true);
    y.putObject("axis").put("tickCount", 4);
    spec.to("y2", "base");
    spec.colours("input", names);
    spec.tooltip("input", "input", "ratio", "width : height", "images", "images");
    return new Chart(
        "Shape", "Upright images are on the left, 1 is a square.", spec.build(), table);
  }

  private interface BinReader {
    void read(ImageFigures images, Histogram.Bin bin);
  }

  private void each(Function<ImageFigures, Histogram> histogram, BinReader reader) {
    figures
        .images()
        .forEach(images -> histogram.apply(images).bins().forEach(bin -> reader.read(images, bin)));
  }

  private Chart formats() {
    Spec spec = Spec.of(Spec.mark("bar")).step(figures.images().size() > 1 ? 14 : 24);
    Table table = Table.of("Images of").text("format").number("images");
    for (ImageFigures images : figures.images()) {
      for (Tally format : images.formats()) {
        table.row(images.input(), format.name(), Numbers.count(format.count()));
        spec.row()
            .put("input", images.input())
            .put("format", format.name())
            .put("images", format.count());
      }
    }
    spec.channel("y", "format", "nominal", "").put("sort", "-x");
    spec.channel("x", "images", "quantitative", "images").putObject("axis").put("tickCount", 4);
    if (figures.images().size() > 1) {
      spec.channel("yOffset", "input", "nominal", "");
    }
    spec.colours("input", names);
    spec.tooltip("input", "input", "format", "format", "images", "images");
    return new Chart(
        "Format",
        "As decoded; by the name\u2019s ending where that is not known.",
        spec.build(),
        table);
  }

  Section archives() {
    List<Html> content = new ArrayList<>();
    for (ArchiveFigures archive : figures.archives()) {
      if (figures.archives().size() > 1) {
        content.add(Element.of("h3", Element.of("bdi", archive.input())));
      }
      content.add(outcomes(archive).toElement());
      List<Html> charts = new ArrayList<>();
      charts.add(bytes(archive).toElement(List.of("after"), List.of("before")));
      Series rates = new Series(0.25);
      archive.rates().forEach(rate -> rates.add(rate.coding(), rate.bpsp()));
      if (!rates.isEmpty()) {
        List<String> codings = archive.rates().stream().map(ArchiveFigures.Rates::coding).toList();
        charts.add(
            rates
                .chart("Bits per subpixel", "", "bits per subpixel", codings)
                .toElement(codings, List.of()));
      }
      content.add(Element.of("div", charts).with("class", "pair"));
    }
    return new Section("compression", "Compression", "Compression", content);
  }

  private static Table outcomes(ArchiveFigures archive) {
    Table table =
        Table.of("Outcome")
            .number("images")
            .number("share")
            .number("bytes before")
            .number("bytes after")
            .number("after/before")
            .number("bpsp");
    long all = archive.outcomes().stream().mapToLong(Outcome::images).sum();
    for (Outcome outcome : archive.outcomes()) {
      boolean failed = outcome.status().equals("failed");
      table.row(
          told(outcome),
          Numbers.count(outcome.images()),
          Numbers.percent(outcome.images(), all),
          Quantity.bytes(outcome.bytesBefore()),
          failed ? "\u2013" : Quantity.bytes(outcome.bytesAfter()),
          failed ? "\u2013" : Numbers.percent(outcome.bytesAfter(), outcome.bytesBefore()),
          outcome.bpsp() == 0 ? "\u2013" : Numbers.two(outcome.bpsp()));
    }
    return table;
  }

  private static String told(Outcome outcome) {
    return switch (outcome.status()) {
      case "ok" -> "coded (" + outcome.coding() + ")";
      case "stored" ->
          outcome.coding().equals("stored")
              ? "kept as the file"
              : "kept as the file (" + outcome.coding() + ")";
      default -> outcome.status();
    };
  }

  private static Chart bytes(ArchiveFigures archive) {
    Spec spec = Spec.of(Spec.mark("bar").put("cornerRadiusEnd", 2)).step(16);
    Table table = Table.of("Outcome").number("bytes before").number("bytes after");
    for (Outcome outcome : archive.outcomes()) {
      if (outcome.status().equals("failed")) {
        continue;
      }
      table.row(
          told(outcome), Numbers.count(outcome.bytesBefore()), Numbers.count(outcome.bytesAfter()));
      bytes(spec, outcome, "before", outcome.bytesBefore());
      bytes(spec, outcome, "after", outcome.bytesAfter());
    }
    spec.channel("y", "outcome", "nominal", "")
        .putNull("sort")
        .putObject("axis")
        .put("labelLimit", 150);
    spec.channel("yOffset", "when", "nominal", "").putNull("sort");
    spec.channel("x", "mebibytes", "quantitative", "MiB").putObject("axis").put("tickCount", 5);
    spec.colours("when", List.of("after"), List.of("before"));
    spec.tooltip("outcome", "outcome", "when", "when", "bytes", "bytes");
    return new Chart("Bytes before and after", "", spec.build(), table);
  }

  private static void bytes(Spec spec, Outcome outcome, String when, long bytes) {
    spec.row()
        .put("outcome", told(outcome))
        .put("when", when)
        .put("bytes", Quantity.bytes(bytes))
        .put("mebibytes", Numbers.rounded(bytes / 1048576.0));
  }
}
