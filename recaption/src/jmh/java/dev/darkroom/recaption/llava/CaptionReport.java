package dev.darkroom.recaption.llava;

import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.PromptTemplate;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prints how fast a model captions a folder of images greedily in this JVM: images and generated
 * tokens per second, from files to text.
 *
 * <p>Arguments: model folder, folder of images, batch size, threads, new tokens at most, passes
 * before the one that counts. {@code recaption/benchmarks/generate.py} prints the same for
 * transformers.
 */
public final class CaptionReport {
  private final List<CaptionRequest> requests;

  private CaptionReport(List<CaptionRequest> requests) {
    this.requests = requests;
  }

  /** Runs the report. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 6) {
      throw new IllegalArgumentException(
          "usage: CaptionReport <model> <images> <batch size> <threads> <new tokens> <passes>");
    }
    LlavaOptions options =
        LlavaOptions.DEFAULT
            .withBatchSize(Integer.parseInt(arguments[2]))
            .withThreads(Integer.parseInt(arguments[3]));
    DecodingParameters parameters = DecodingParameters.greedy(Integer.parseInt(arguments[4]));
    CaptionReport report = new CaptionReport(requests(Path.of(arguments[1]), parameters));
    try (LlavaCaptioner captioner = LlavaCaptioner.open(Path.of(arguments[0]), options)) {
      for (int i = 0; i < Integer.parseInt(arguments[5]); i++) {
        report.run(captioner);
      }
      report.print(captioner, System.out);
    }
  }

  private static List<CaptionRequest> requests(Path folder, DecodingParameters parameters)
      throws IOException {
    List<CaptionRequest> requests = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        requests.add(
            new CaptionRequest(
                Files.readAllBytes(file), PromptTemplate.DETAILED.text(), parameters, 0));
      }
    }
    return requests;
  }

  private long run(LlavaCaptioner captioner) {
    long tokens = 0;
    Iterator<CaptionOutcome> outcomes = captioner.caption(requests.iterator());
    while (outcomes.hasNext()) {
      if (!(outcomes.next() instanceof Caption caption)) {
        throw new IllegalStateException("an image could not be captioned; take it out");
      }
      tokens += caption.completionTokens();
    }
    return tokens;
  }

  private void print(LlavaCaptioner captioner, PrintStream out) {
    long start = System.nanoTime();
    long tokens = run(captioner);
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf("model       %s%n", captioner.model().id());
    out.printf("images      %d%n", requests.size());
    out.printf("tokens      %d%n", tokens);
    out.printf("images/s    %.2f%n", requests.size() / seconds);
    out.printf("tokens/s    %.1f%n", tokens / seconds);
  }
}
