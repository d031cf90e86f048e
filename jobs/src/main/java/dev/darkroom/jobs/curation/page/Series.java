package dev.darkroom.jobs.curation.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.jobs.curation.figures.Histogram;
import dev.darkroom.jobs.curation.figures.Histogram.Bin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Histograms of several series over the same axis, each as shares of its own whole. */
final class Series {
  private final Map<String, Histogram> histograms = new LinkedHashMap<>();
  private final double width;

  /** Series whose bins are all of one width. */
  Series(double width) {
    this.width = width;
  }

  void add(String name, Histogram histogram) {
    if (histogram.total() > 0) {
      histograms.put(name, histogram);
    }
  }

  boolean isEmpty() {
    return histograms.isEmpty();
  }

  /** Steps of every series, with the bins that are empty, and their figures as a table. */
  Chart chart(String title, String about, String axis, List<String> domain) {
    ObjectNode mark =
        Spec.mark("area")
            .put("interpolate", "step-after")
            .put("fillOpacity", 0.12)
            .put("line", true);
    Spec spec = Spec.of(mark).height(240);
    List<Double> edges = edges();
    Table table = Table.of(axis);
    histograms.keySet().forEach(table::number);
    for (double edge : edges) {
      List<String> cells = new ArrayList<>();
      cells.add(Numbers.shortest(edge) + "\u2009\u2013\u2009" + Numbers.shortest(edge + width));
      boolean filled = false;
      for (Map.Entry<String, Histogram> series : histograms.entrySet()) {
        long count = count(series.getValue(), edge);
        filled |= count > 0;
        cells.add(Numbers.count(count));
        datum(spec, series.getKey(), edge, count, series.getValue().total());
      }
      if (filled) {
        table.row(cells.toArray(String[]::new));
      }
    }
    double end = edges.get(edges.size() - 1) + width;
    histograms.forEach((name, histogram) -> datum(spec, name, end, 0, histogram.total()));
    spec.channel("x", "from", "quantitative", axis)
        .putObject("scale")
        .put("nice", false)
        .put("zero", false);
    ObjectNode y = spec.channel("y", "share", "quantitative", "");
    y.putNull("stack");
    y.putObject("axis").put("format", "%").put("tickCount", 4).putNull("title");
    spec.colours("series", domain);
    spec.tooltip("series", "set", "bin", axis, "label", "share");
    return new Chart(title, about, spec.build(), table);
  }

  private void datum(Spec spec, String name, double from, long count, long total) {
    spec.row()
        .put("series", name)
        .put("from", Numbers.rounded(from))
        .put("bin", Numbers.shortest(from) + "\u2013" + Numbers.shortest(from + width))
        .put("label", Numbers.percent(count, total))
        .put("share", Numbers.rounded((double) count / total));
  }

  private List<Double> edges() {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Histogram histogram : histograms.values()) {
      for (Bin bin : histogram.bins()) {
        least = Math.min(least, bin.from());
        most = Math.max(most, bin.from());
      }
    }
    List<Double> edges = new ArrayList<>();
    long bins = Math.round((most - least) / width);
    for (long i = 0; i <= bins; i++) {
      edges.add(least + i * width);
    }
    return edges;
  }

  private long count(Histogram histogram, double edge) {
    return histogram.bins().stream()
        .filter(bin -> Math.abs(bin.from() - edge) < width / 2)
        .mapToLong(Bin::count)
        .sum();
  }

  /** Bins of a histogram put together to wider ones; what is beyond the last is left in it. */
  static Histogram rebinned(Histogram histogram, double width, double end) {
    Map<Long, Long> counts = new TreeMap<>();
    long last = (long) Math.ceil(end / width) - 1;
    histogram
        .bins()
        .forEach(
            bin ->
                counts.merge(
                    Math.min(last, (long) Math.floor(bin.from() / width)), bin.count(), Long::sum));
    return new Histogram(
        counts.entrySet().stream()
            .map(bin -> new Bin(bin.getKey() * width, (bin.getKey() + 1) * width, bin.getValue()))
            .toList());
  }
}
