package dev.darkroom.jobs.curation;

import dev.darkroom.jobs.curation.figures.CaptionFigures;
import dev.darkroom.jobs.curation.figures.CurationFigures;
import dev.darkroom.jobs.curation.figures.ImageFigures;
import dev.darkroom.jobs.curation.figures.InputFigures;
import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of {@code report} found.
 *
 * @param page the page for people
 * @param figures the file with all figures, for programs
 * @param rows rows of all inputs
 * @param images images of all inputs
 * @param captions the sets of captions
 * @param bad rows without a caption: null, blank or not text
 * @param samples rows on the page for people to look at
 * @param seconds how long the run took
 */
public record ReportSummary(
    String page,
    String figures,
    long rows,
    long images,
    List<Captions> captions,
    long bad,
    int samples,
    double seconds)
    implements Summary {
  /**
   * A set of captions.
   *
   * @param name what it is called
   * @param captions how many
   * @param nounsPerCaption nouns in a caption on average
   * @param validNouns distinct nouns above the threshold
   * @param distinctNouns distinct nouns
   */
  public record Captions(
      String name, long captions, double nounsPerCaption, long validNouns, long distinctNouns) {
    static Captions of(CaptionFigures figures) {
      return new Captions(
          figures.name(),
          figures.captions(),
          figures.nouns().density().average(),
          (long) figures.nouns().density().valid(),
          (long) figures.nouns().density().distinct());
    }
  }

  /** Takes a copy. */
  public ReportSummary {
    captions = List.copyOf(captions);
  }

  static ReportSummary of(CurationFigures figures, String page, String json) {
    return new ReportSummary(
        page,
        json,
        figures.inputs().stream().mapToLong(InputFigures::rows).sum(),
        figures.images().stream().mapToLong(ImageFigures::images).sum(),
        figures.captions().stream().map(Captions::of).toList(),
        figures.captions().stream()
            .mapToLong(set -> set.nulls() + set.blanks() + set.notText())
            .sum(),
        figures.samples().size(),
        figures.making().seconds());
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("reported in " + page);
    lines.add("  rows       " + Quantity.count(rows));
    if (images > 0) {
      lines.add("  images     " + Quantity.count(images));
    }
    for (Captions set : captions) {
      lines.add(
          "  captions   %s: %s, %s nouns each, VN/DN %s/%s"
              .formatted(
                  set.name(),
                  Quantity.count(set.captions()),
                  Quantity.decimal(set.nounsPerCaption(), 1),
                  Quantity.count(set.validNouns()),
                  Quantity.count(set.distinctNouns())));
    }
    if (bad > 0) {
      lines.add("  bad rows   " + Quantity.count(bad) + " (null, blank or not text)");
    }
    lines.add("  samples    " + Quantity.count(samples));
    lines.add("  time       " + Quantity.decimal(seconds, 1) + " s");
    lines.add("figures as JSON: " + figures);
    return lines;
  }
}
