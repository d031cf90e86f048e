package dev.darkroom.jobs.curation.page;

import dev.darkroom.compression.Sha256;
import dev.darkroom.jobs.curation.figures.CurationFigures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The page: one HTML file with everything in it. Its policy lets no request out, and runs no script
 * but those whose hashes it names.
 */
public final class ReportPage {
  private static final String FOLDER = "/dev/darkroom/jobs/curation/page/";

  private ReportPage() {}

  /** The page of some figures. */
  public static String of(CurationFigures figures) {
    List<String> scripts =
        new ArrayList<>(
            ChartLibrary.bundled().files().stream().map(ChartLibrary.File::code).toList());
    scripts.add(ChartLibrary.resource(FOLDER + "charts.js"));
    StringBuilder page = new StringBuilder(1 << 20);
    page.append("<!DOCTYPE html>\n");
    Element.of("html", head(figures, scripts), body(figures, scripts))
        .with("lang", "en")
        .writeTo(page);
    return page.append('\n').toString();
  }

  private static Element head(CurationFigures figures, List<String> scripts) {
    return Element.of(
        "head",
        Element.of("meta").with("charset", "utf-8"),
        Element.of("meta")
            .with("http-equiv", "Content-Security-Policy")
            .with("content", policy(scripts)),
        Element.of("meta")
            .with("name", "viewport")
            .with("content", "width=device-width, initial-scale=1"),
        Element.of("meta").with("name", "color-scheme").with("content", "light dark"),
        Element.of("meta").with("name", "referrer").with("content", "no-referrer"),
        Element.of("title", figures.title() + " \u2013 curation report"),
        new CodeBlock("style", "", ChartLibrary.resource(FOLDER + "page.css")));
  }

  private static String policy(List<String> scripts) {
    String hashes =
        scripts.stream()
            .map(script -> "'sha256-" + hash(script) + "'")
            .collect(Collectors.joining(" "));
    return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src "
        + hashes
        + "; base-uri 'none'; form-action 'none'";
  }

  private static String hash(String script) {
    byte[] digest = Sha256.of(script.getBytes(StandardCharsets.UTF_8)).toBytes();
    return Base64.getEncoder().encodeToString(digest);
  }

  private static Element body(CurationFigures figures, List<String> scripts) {
    List<Section> sections = sections(figures);
    List<Html> parts = new ArrayList<>();
    parts.add(Glance.header(figures));
    parts.add(
        Element.of(
                "div",
                contents(sections),
                Element.of("main", sections.stream().map(Section::toElement).toList()))
            .with("class", "columns"));
    parts.add(
        Element.of(
            "footer",
            Element.of(
                "p",
                "Made by Darkroom, on Spark. This page needs no network. Charts are drawn by Vega"
                    + " and Vega-Lite, and each has its figures as a table.")));
    scripts.forEach(script -> parts.add(new CodeBlock("script", "", script)));
    return Element.of("body", parts);
  }

  private static List<Section> sections(CurationFigures figures) {
    NounSections nouns = new NounSections(figures);
    CaptionSections captions = new CaptionSections(figures);
    ImageSections images = new ImageSections(figures);
    RowSections rows = new RowSections(figures);
    List<Section> sections = new ArrayList<>();
    boolean hasCaptions = figures.captions().stream().anyMatch(set -> set.captions() > 0);
    boolean hasHashes =
        figures.images().stream().anyMatch(image -> image.duplicates().things() > 0);
    if (hasCaptions) {
      sections.add(nouns.density());
      if (figures.captions().stream().anyMatch(set -> !set.nouns().curve().isEmpty())) {
        sections.add(nouns.frequencies());
      }
    }
    if (!figures.shifts().isEmpty()) {
      sections.add(nouns.shifts());
    }
    if (hasCaptions) {
      sections.add(captions.lengths());
    }
    if (hasCaptions || hasHashes) {
      sections.add(captions.duplicates());
    }
    if (!figures.images().isEmpty()) {
      sections.add(images.images());
    }
    if (!figures.archives().isEmpty()) {
      sections.add(images.archives());
    }
    if (!figures.samples().isEmpty()) {
      sections.add(rows.samples());
    }
    if (!figures.failures().isEmpty()) {
      sections.add(rows.failures());
    }
    sections.add(rows.making());
    return sections;
  }

  private static Element contents(List<Section> sections) {
    return Element.of(
            "nav",
            Element.of(
                "ul",
                sections.stream()
                    .map(
                        section ->
                            Element.of(
                                "li",
                                Element.of("a", section.shortTitle())
                                    .with("href", "#" + section.id())))
                    .toList()))
        .with("aria-label", "Contents");
  }
}
