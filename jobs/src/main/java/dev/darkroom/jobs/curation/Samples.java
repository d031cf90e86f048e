package dev.darkroom.jobs.curation;

import dev.darkroom.jobs.curation.SamplePicker.Drawn;
import dev.darkroom.jobs.curation.Thumbnails.Shown;
import dev.darkroom.jobs.curation.figures.CaptionFigures.Length;
import dev.darkroom.jobs.curation.figures.Sample;
import dev.darkroom.jobs.curation.figures.Sample.Caption;
import dev.darkroom.jobs.curation.figures.Sample.Picture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/** Draws rows of all inputs for people to look at, with pictures of their images. */
final class Samples {
  private final SparkSession spark;
  private final ReportOptions options;

  Samples(SparkSession spark, ReportOptions options) {
    this.spark = spark;
    this.options = options;
  }

  /**
   * Draws. Inputs share the sample evenly; archives have a share where nothing else is there.
   *
   * @param lengths how long the captions of each set are, by its number over all inputs
   */
  List<Sample> draw(List<ReportInput> inputs, Map<Integer, Length> lengths) {
    List<ReportInput> shown = inputs.stream().filter(input -> !input.sets().isEmpty()).toList();
    List<ReportInput> from = shown.isEmpty() ? inputs : shown;
    List<Sample> samples = new ArrayList<>();
    int first = 0;
    int left = options.samples();
    int open = from.size();
    for (ReportInput input : from) {
      int share = (left + open - 1) / open;
      if (share > 0) {
        Length judged =
            lengths.getOrDefault(first + SamplePicker.judgedSet(input), CaptionCounting.NO_LENGTH);
        samples.addAll(draw(input, share, judged, archives(inputs)));
      }
      left -= share;
      open--;
      first += input.sets().size();
    }
    return samples;
  }

  private static List<ReportInput> archives(List<ReportInput> inputs) {
    return inputs.stream().filter(input -> input.kind() == InputKind.ARCHIVE).toList();
  }

  private List<Sample> draw(
      ReportInput input, int count, Length judged, List<ReportInput> archives) {
    List<Drawn> drawn = new SamplePicker(options.seed()).draw(input, count, judged);
    Map<String, Shown> pictures =
        input.images().isEmpty() || drawn.isEmpty()
            ? Map.of()
            : Thumbnails.of(
                spark, input, drawn.stream().map(Drawn::key).toList(), options.maxBytes());
    if (input.kind() == InputKind.CAPTIONS) {
      pictures = fromArchives(pictures, archives);
    }
    Map<String, Shown> found = pictures;
    return drawn.stream().map(row -> sample(input, row, found)).toList();
  }

  /** Captioned images that aren't files: members of tars, rows of tables. */
  private Map<String, Shown> fromArchives(Map<String, Shown> pictures, List<ReportInput> archives) {
    Map<String, Shown> all = new HashMap<>(pictures);
    for (ReportInput archive : archives) {
      Map<String, String> missing = new TreeMap<>();
      all.forEach(
          (key, shown) -> {
            if (shown.picture().data().isEmpty()) {
              missing.put(key, SamplePicker.pathOf(key));
            }
          });
      if (!missing.isEmpty()) {
        Map<String, Shown> archived =
            Thumbnails.ofPaths(spark, archive, new TreeSet<>(missing.values()), options.maxBytes());
        missing.forEach(
            (key, path) -> {
              if (archived.containsKey(path)) {
                all.put(key, archived.get(path));
              }
            });
      }
    }
    return all;
  }

  private static Sample sample(ReportInput input, Drawn row, Map<String, Shown> pictures) {
    Shown shown = pictures.getOrDefault(row.key(), new Shown(row.key(), "", Picture.NONE));
    List<Caption> texts =
        IntStream.range(0, input.sets().size())
            .mapToObj(
                i ->
                    new Caption(
                        input.sets().get(i).label(), row.texts().get(i), row.lengths().get(i)))
            .toList();
    return new Sample(input.name(), shown.name(), row.stratum(), shown.picture(), texts);
  }
}
