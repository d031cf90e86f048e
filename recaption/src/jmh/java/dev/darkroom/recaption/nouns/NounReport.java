package dev.darkroom.recaption.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Prints how fast captions are cut into tokens, tagged and their nouns taken, by OpenNLP and by the
 * fast tagger: processor time of one thread, the median of some passes after as many to warm up.
 *
 * <p>Arguments: a JSON file of rows, the column of captions, passes, and a file for OpenNLP's nouns
 * of each caption, to which {@code recaption/benchmarks/nouns.py} compares those of other taggers.
 */
public final class NounReport {
  private final List<String> captions;
  private final int passes;

  private NounReport(List<String> captions, int passes) {
    this.captions = captions;
    this.passes = passes;
  }

  /** Runs the report. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("usage: NounReport <rows> <column> <passes> <nouns>");
    }
    ObjectMapper json = new ObjectMapper();
    List<String> captions = new ArrayList<>();
    for (JsonNode row : json.readTree(Path.of(arguments[0]).toFile())) {
      captions.add(row.get(arguments[1]).asText());
    }
    NounReport report = new NounReport(captions, Integer.parseInt(arguments[2]));
    report.print(System.out);
    printLongTexts(System.out);
    NounTagger reference = new NounTagger(new OpenNlpTagger());
    json.writeValue(
        Path.of(arguments[3]).toFile(), captions.stream().map(reference::nouns).toList());
  }

  private void print(PrintStream out) {
    NounTagger reference = new NounTagger(new OpenNlpTagger());
    NounTagger kept = new NounTagger();
    Lemmatizer lemmatizer = new Lemmatizer();
    long tokens = captions.stream().mapToLong(caption -> reference.tag(caption).size()).sum();
    out.printf(Locale.ROOT, "captions %d, tokens %d%n", captions.size(), tokens);
    out.printf("%-34s %12s %12s %14s%n", "", "captions/s", "tokens/s", "nouns/caption");
    line(out, "OpenNLP", tokens, () -> nouns(reference));
    line(out, "NounTagger, nothing remembered", tokens, () -> nouns(new NounTagger()));
    line(out, "NounTagger, texts seen before", tokens, () -> nouns(kept));
    line(out, "the last, and Lemmatizer", tokens, () -> lemmas(kept, lemmatizer));
    long differ =
        captions.stream()
            .filter(caption -> !kept.tag(caption).equals(reference.tag(caption)))
            .count();
    out.printf("captions that are tagged otherwise than by OpenNLP: %d%n", differ);
  }

  private void line(PrintStream out, String name, long tokens, Supplier<Long> pass) {
    double[] seconds = new double[passes];
    long nouns = 0;
    for (int i = -passes; i < passes; i++) {
      long start = processorNanos();
      nouns = pass.get();
      seconds[Math.max(0, i)] = (processorNanos() - start) / 1e9;
    }
    Arrays.sort(seconds);
    double median = seconds[passes / 2];
    out.printf(
        Locale.ROOT,
        "%-34s %12.0f %12.0f %14.3f%n",
        name,
        captions.size() / median,
        tokens / median,
        (double) nouns / captions.size());
  }

  private long nouns(NounTagger tagger) {
    long nouns = 0;
    for (String caption : captions) {
      nouns += tagger.nouns(caption).size();
    }
    return nouns;
  }

  private long lemmas(NounTagger tagger, Lemmatizer lemmatizer) {
    long nouns = 0;
    for (String caption : captions) {
      List<TaggedToken> tokens = tagger.tag(caption);
      List<String> lemmas = lemmatizer.lemmas(tokens);
      for (int i = 0; i < lemmas.size(); i++) {
        nouns += tokens.get(i).isNoun() ? 1 : 0;
      }
    }
    return nouns;
  }

  private static void printLongTexts(PrintStream out) {
    out.printf("milliseconds for one text without a space%n");
    NounTagger reference = new NounTagger(new OpenNlpTagger());
    for (String piece : List.of("dog", "!?")) {
      for (int chars : new int[] {10_000, 20_000, 40_000}) {
        out.printf(
            "OpenNLP     %s %9d chars %8.0f%n", piece, chars, millis(reference, piece, chars));
      }
      for (int chars : new int[] {10_000, 100_000, 1_000_000}) {
        NounTagger fast = new NounTagger();
        out.printf("NounTagger  %s %9d chars %8.0f%n", piece, chars, millis(fast, piece, chars));
      }
    }
  }

  private static double millis(NounTagger tagger, String piece, int chars) {
    String text = piece.repeat(chars / piece.length());
    long start = processorNanos();
    tagger.tag(text);
    return (processorNanos() - start) / 1e6;
  }

  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
