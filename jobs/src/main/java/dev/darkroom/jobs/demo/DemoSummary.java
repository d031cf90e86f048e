package dev.darkroom.jobs.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.jobs.nouns.NounsSummary;
import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import dev.darkroom.jobs.score.ScoreSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the demo found.
 *
 * @param images the folder of drawn images
 * @param archive the table
 * @param restored the folder of restored images
 * @param sizes one entry for each image
 * @param imagesPerSecond images compressed and checked per second
 * @param failed images that did not verify
 * @param different names of images whose restored pixels are not those drawn
 * @param scenes what became of the scenes
 */
public record DemoSummary(
    String images,
    String archive,
    String restored,
    List<Size> sizes,
    double imagesPerSecond,
    long failed,
    List<String> different,
    Scenes scenes)
    implements Summary {
  private static final int SHOWN = 4;

  /**
   * What became of the scenes.
   *
   * @param captions the table of captions
   * @param model the model that captioned
   * @param recaptioned one entry for each scene
   * @param captionsPerSecond scenes captioned per second, the model's loading included
   * @param nouns noun density before and after
   * @param generated the table of images drawn from the new captions
   * @param drawn how many images that are
   * @param scores how well they show what their prompts say
   * @param report the page
   */
  public record Scenes(
      String captions,
      String model,
      List<Recaptioned> recaptioned,
      double captionsPerSecond,
      List<NounsSummary.Density> nouns,
      String generated,
      long drawn,
      ScoreSummary scores,
      String report) {
    /** Takes copies. */
    public Scenes {
      recaptioned = List.copyOf(recaptioned);
      nouns = List.copyOf(nouns);
    }
  }

  /**
   * A scene's captions.
   *
   * @param scene its name
   * @param raw the poor caption that it came with
   * @param caption what the model says
   * @param status how good that is, as the caption table tells it
   */
  public record Recaptioned(String scene, String raw, String caption, String status) {}

  /**
   * An image's sizes.
   *
   * @param name the file's name
   * @param width pixels per row
   * @param height rows
   * @param channels samples per pixel
   * @param bitDepth bits per sample
   * @param codec how it is archived
   * @param pngBytes bytes of the PNG file
   * @param payloadBytes bytes in the archive
   * @param bpsp payload bits per subpixel
   */
  public record Size(
      String name,
      int width,
      int height,
      int channels,
      int bitDepth,
      String codec,
      long pngBytes,
      long payloadBytes,
      double bpsp) {}

  /** Takes copies. */
  public DemoSummary {
    sizes = List.copyOf(sizes);
    different = List.copyOf(different);
  }

  /** How many images did not verify, or came back with other pixels. */
  @JsonProperty
  public long differing() {
    return failed + different.size();
  }

  /** How many scenes have no caption that ended by itself. */
  @JsonProperty
  public long uncaptioned() {
    return scenes.recaptioned().stream().filter(scene -> !scene.status().equals("ok")).count();
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%-22s %-16s %-8s %9s %9s %7s %6s",
            "image", "shape", "codec", "PNG", "darkroom", "share", "bpsp"));
    sizes.forEach(size -> lines.add(line(size)));
    long png = sizes.stream().mapToLong(Size::pngBytes).sum();
    long payload = sizes.stream().mapToLong(Size::payloadBytes).sum();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-22s %-16s %-8s %,9d %,9d %7s",
            "all " + sizes.size(),
            "",
            "",
            png,
            payload,
            Quantity.share(payload, png)));
    lines.add("");
    lines.add(
        differing() == 0
            ? "every image verified, and every restored pixel is the one drawn"
            : differing() + " images differ: " + String.join(", ", different));
    lines.add("");
    for (Recaptioned scene : scenes.recaptioned().subList(0, SHOWN)) {
      lines.add("scene " + scene.scene());
      lines.add("  came with  " + scene.raw());
      lines.add("  recaption  " + scene.caption());
    }
    lines.add("and %d more".formatted(scenes.recaptioned().size() - SHOWN));
    lines.add("");
    lines.add(
        uncaptioned() == 0
            ? "every scene has a caption by %s; 'darkroom scenes' tells the truth about them"
                .formatted(scenes.model())
            : uncaptioned() + " scenes have no whole caption");
    for (NounsSummary.Density density : scenes.nouns()) {
      lines.add(
          "nouns of %-12s %s of %s different nouns are valid; %s nouns a caption"
              .formatted(
                  density.captionColumn(),
                  Quantity.count(density.validNouns()),
                  Quantity.count(density.distinctNouns()),
                  Quantity.decimal(density.averageNouns(), 1)));
    }
    lines.add("");
    lines.add(
        "%s images drawn from the new captions, by a small model of our own"
            .formatted(Quantity.count(scenes.drawn())));
    lines.addAll(scenes.scores().lines());
    lines.add("");
    lines.add("drawn images:     " + images);
    lines.add("archive (Delta):  " + archive);
    lines.add("restored images:  " + restored);
    lines.add("captions (Delta): " + scenes.captions());
    lines.add("new images (Delta): " + scenes.generated());
    lines.add("report:           " + scenes.report());
    return lines;
  }

  private static String line(Size size) {
    return String.format(
        Locale.ROOT,
        "%-22s %-16s %-8s %,9d %,9d %7s %6.3f",
        size.name(),
        "%dx%dx%d, %d bit".formatted(size.width(), size.height(), size.channels(), size.bitDepth()),
        size.codec(),
        size.pngBytes(),
        size.payloadBytes(),
        Quantity.share(size.payloadBytes(), size.pngBytes()),
        size.bpsp());
  }
}
