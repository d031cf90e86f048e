package dev.darkroom.recaption.llava;

import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.PromptTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prints how many captions of a folder of images differ when they are made in batches instead of
 * one by one: greedily and at random, with prompts of one length and of several.
 *
 * <p>Sums over padded rows are added up in another order, so that scores can differ in their last
 * bits, and a token then falls otherwise where two were as good as equal.
 *
 * <p>Arguments: model folder, folder of images, batch size, threads, new tokens at most.
 */
public final class BatchEffectReport {
  private BatchEffectReport() {}

  /** Runs the report. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 5) {
      throw new IllegalArgumentException(
          "usage: BatchEffectReport <model> <images> <batch size> <threads> <new tokens>");
    }
    LlavaOptions options = LlavaOptions.DEFAULT.withThreads(Integer.parseInt(arguments[3]));
    int newTokens = Integer.parseInt(arguments[4]);
    DecodingParameters greedy = DecodingParameters.greedy(newTokens);
    DecodingParameters sampled = new DecodingParameters(newTokens, 1, 0, 1, 1, 0, Optional.empty());
    List<byte[]> images = images(Path.of(arguments[1]));
    Path model = Path.of(arguments[0]);
    try (LlavaCaptioner alone = LlavaCaptioner.open(model, options.withBatchSize(1));
        LlavaCaptioner together =
            LlavaCaptioner.open(model, options.withBatchSize(Integer.parseInt(arguments[2])))) {
      for (boolean mixed : new boolean[] {false, true}) {
        for (DecodingParameters parameters : List.of(greedy, sampled)) {
          List<CaptionRequest> requests = requests(images, parameters, mixed);
          System.out.printf(
              "%s, %s: %d of %d captions differ%n",
              parameters.isGreedy() ? "greedy " : "sampled",
              mixed ? "prompts of several lengths" : "prompts of one length",
              differing(texts(alone, requests), texts(together, requests)),
              requests.size());
        }
      }
    }
  }

  private static List<byte[]> images(Path folder) throws IOException {
    List<byte[]> images = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        images.add(Files.readAllBytes(file));
      }
    }
    return images;
  }

  private static List<CaptionRequest> requests(
      List<byte[]> images, DecodingParameters parameters, boolean mixed) {
    List<CaptionRequest> requests = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      String caption = "a photo ".repeat(i % 5 + 1);
      PromptTemplate template = mixed ? PromptTemplate.GROUNDED : PromptTemplate.DETAILED;
      String prompt = template.render(Optional.of(caption)).text();
      requests.add(new CaptionRequest(images.get(i), prompt, parameters, i));
    }
    return requests;
  }

  private static List<String> texts(LlavaCaptioner captioner, List<CaptionRequest> requests) {
    List<String> texts = new ArrayList<>();
    captioner
        .caption(requests.iterator())
        .forEachRemaining((CaptionOutcome outcome) -> texts.add(((Caption) outcome).text()));
    return texts;
  }

  private static int differing(List<String> some, List<String> others) {
    int differing = 0;
    for (int i = 0; i < some.size(); i++) {
      differing += some.get(i).equals(others.get(i)) ? 0 : 1;
    }
    return differing;
  }
}
