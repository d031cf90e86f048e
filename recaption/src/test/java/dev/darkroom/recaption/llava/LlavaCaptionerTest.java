package dev.darkroom.recaption.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.models.ModelException;
import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.FinishReason;
import dev.darkroom.recaption.image.ImageLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlavaCaptionerTest {
  private static final String MODEL = "siglip-qwen";
  private static final LlavaOptions OPTIONS = LlavaOptions.DEFAULT.withThreads(1);
  private static final DecodingParameters SAMPLED =
      new DecodingParameters(12, 1, 0, 0.95, 1.1, 0, Optional.empty());

  private final List<Goldens.Golden> goldens = Goldens.of(MODEL);

  private static LlavaCaptioner open(int batchSize) {
    return LlavaCaptioner.open(Goldens.checkpoint(MODEL), OPTIONS.withBatchSize(batchSize));
  }

  private static List<CaptionOutcome> all(LlavaCaptioner captioner, List<CaptionRequest> requests) {
    List<CaptionOutcome> outcomes = new ArrayList<>();
    captioner.caption(requests.iterator()).forEachRemaining(outcomes::add);
    return outcomes;
  }

  private static List<String> texts(List<CaptionOutcome> outcomes) {
    return outcomes.stream().map(outcome -> ((Caption) outcome).text()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 100})
  void captionsComeInOrderWhateverTheBatch(int batchSize) {
    List<CaptionRequest> requests = goldens.stream().map(Goldens.Golden::request).toList();
    try (LlavaCaptioner captioner = open(batchSize)) {
      List<CaptionOutcome> outcomes = all(captioner, requests);
      assertThat(outcomes).hasSameSizeAs(goldens);
      for (int i = 0; i < outcomes.size(); i++) {
        Caption caption = (Caption) outcomes.get(i);
        Goldens.Golden golden = goldens.get(i);
        assertThat(caption.text()).isEqualTo(golden.text().strip());
        assertThat(caption.promptTokens()).isEqualTo(golden.prompt().size());
        assertThat(caption.completionTokens()).isEqualTo(golden.answer().size());
        assertThat(caption.finishReason())
            .isEqualTo(
                golden.answer().size() < Goldens.MAX_NEW_TOKENS
                    ? FinishReason.STOP
                    : FinishReason.LENGTH);
        assertThat(caption.attempts()).isEqualTo(1);
      }
    }
  }

  @Test
  void whatIsWrongWithOneRequestStaysWithIt() {
    Goldens.Golden golden = goldens.get(1);
    DecodingParameters greedy = DecodingParameters.greedy(Goldens.MAX_NEW_TOKENS);
    List<CaptionRequest> requests =
        List.of(
            golden.request(),
            new CaptionRequest(new byte[] {1, 2, 3}, golden.question(), greedy, 0),
            new CaptionRequest(golden.image(), "See <image>?", greedy, 0),
            new CaptionRequest(golden.image(), "why ".repeat(200), greedy, 0),
            new CaptionRequest(new byte[0], golden.question(), greedy, 0),
            golden.request());
    try (LlavaCaptioner captioner = open(8)) {
      List<CaptionOutcome> outcomes = all(captioner, requests);
      assertThat(outcomes.stream().map(LlavaCaptionerTest::failure))
          .containsExactly(
              Optional.empty(),
              Optional.of(CaptionFailure.Type.UNREADABLE_IMAGE),
              Optional.of(CaptionFailure.Type.MODEL_ERROR),
              Optional.of(CaptionFailure.Type.PROMPT_TOO_LONG),
              Optional.of(CaptionFailure.Type.UNREADABLE_IMAGE),
              Optional.empty());
      assertThat(((CaptionFailure) outcomes.get(2)).message()).contains("2 image tokens");
      assertThat(((CaptionFailure) outcomes.get(3)).message()).contains("160 positions");
      assertThat(texts(List.of(outcomes.get(0), outcomes.get(5))))
          .containsOnly(golden.text().strip());
    }
  }

  @Test
  void aRowThatBreaksItsBatchFailsAlone() {
    DecodingParameters frozen = new DecodingParameters(12, 1e-42, 0, 1, 1, 0, Optional.empty());
    try (LlavaCaptioner captioner = open(8)) {
      List<CaptionOutcome> outcomes =
          all(
              captioner,
              List.of(
                  goldens.get(0).request(),
                  goldens.get(1).request(frozen, 0),
                  goldens.get(2).request()));
      assertThat(outcomes.stream().map(LlavaCaptionerTest::failure))
          .containsExactly(
              Optional.empty(), Optional.of(CaptionFailure.Type.MODEL_ERROR), Optional.empty());
      assertThat(outcomes).extracting(CaptionOutcome::attempts).containsExactly(2, 2, 2);
      assertThat(((CaptionFailure) outcomes.get(1)).message()).contains("temperature too low");
      assertThat(texts(List.of(outcomes.get(0), outcomes.get(2))))
          .containsExactly(goldens.get(0).text().strip(), goldens.get(2).text().strip());
    }
  }

  private static Optional<CaptionFailure.Type> failure(CaptionOutcome outcome) {
    return outcome instanceof CaptionFailure failure
        ? Optional.of(failure.type())
        : Optional.empty();
  }

  @Test
  void largeImagesAreRefused() {
    LlavaOptions options = OPTIONS.withImageLimits(new ImageLimits(1 << 20, 3000));
    try (LlavaCaptioner captioner = LlavaCaptioner.open(Goldens.checkpoint(MODEL), options)) {
      List<CaptionOutcome> outcomes =
          all(captioner, List.of(goldens.get(6).request(), goldens.get(5).request()));
      assertThat(outcomes.stream().map(LlavaCaptionerTest::failure))
          .containsExactly(Optional.empty(), Optional.of(CaptionFailure.Type.IMAGE_TOO_LARGE));
    }
  }

  @Test
  void answersEndAtTheModelsLastPosition() {
    CaptionRequest endless = goldens.get(3).request(DecodingParameters.greedy(100_000), 0);
    try (LlavaCaptioner captioner = open(1)) {
      Caption caption = (Caption) all(captioner, List.of(endless)).get(0);
      if (caption.finishReason() == FinishReason.LENGTH) {
        assertThat(caption.promptTokens() + caption.completionTokens()).isEqualTo(160);
      }
      Caption one =
          (Caption)
              all(captioner, List.of(goldens.get(3).request(DecodingParameters.greedy(1), 0)))
                  .get(0);
      assertThat(one.completionTokens()).isEqualTo(1);
    }
  }

  @Test
  void seedsDecideAndNotTheBatch() {
    List<CaptionRequest> requests = new ArrayList<>();
    for (long seed = 0; seed < 8; seed++) {
      requests.add(goldens.get(0).request(SAMPLED, seed));
    }
    try (LlavaCaptioner alone = open(1);
        LlavaCaptioner together = open(8)) {
      List<String> texts = texts(all(alone, requests));
      assertThat(texts(all(together, requests))).isEqualTo(texts);
      List<CaptionRequest> backwards = new ArrayList<>(requests);
      Collections.reverse(backwards);
      List<String> reversed = new ArrayList<>(texts(all(together, backwards)));
      Collections.reverse(reversed);
      assertThat(reversed).isEqualTo(texts);
      assertThat(texts.stream().distinct().count()).isGreaterThan(4);
    }
  }

  @Test
  void oneBatchIsReadAheadAndNoMore() {
    AtomicInteger taken = new AtomicInteger();
    Iterator<CaptionRequest> endless =
        Stream.generate(
                () -> {
                  taken.incrementAndGet();
                  return goldens.get(0).request();
                })
            .iterator();
    try (LlavaCaptioner captioner = open(3)) {
      Iterator<CaptionOutcome> outcomes = captioner.caption(endless);
      for (int i = 0; i < 3; i++) {
        outcomes.next();
      }
      assertThat(taken).hasValue(3);
    }
  }

  @Test
  void severalThreadsShareOneModel() throws Exception {
    List<CaptionRequest> requests = goldens.stream().map(Goldens.Golden::request).toList();
    List<String> expected = goldens.stream().map(golden -> golden.text().strip()).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (LlavaCaptioner captioner = open(3)) {
      Callable<List<String>> work = () -> texts(all(captioner, requests));
      for (Future<List<String>> texts : threads.invokeAll(Collections.nCopies(8, work))) {
        assertThat(texts.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void noRequestsNoOutcomes() {
    try (LlavaCaptioner captioner = open(3)) {
      Iterator<CaptionOutcome> outcomes = captioner.caption(Collections.emptyIterator());
      assertThat(outcomes.hasNext()).isFalse();
      assertThatThrownBy(outcomes::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void aClosedCaptionerSaysSo() {
    LlavaCaptioner captioner = open(1);
    captioner.close();
    captioner.close();
    assertThatThrownBy(() -> all(captioner, List.of(goldens.get(0).request())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void theHashIsThatOfTheFiles(@TempDir Path folder) throws IOException {
    copy(Goldens.checkpoint(MODEL), folder);
    String hash;
    try (LlavaCaptioner captioner = LlavaCaptioner.open(folder, "the/model", OPTIONS);
        LlavaCaptioner original = open(1)) {
      hash = captioner.model().hash();
      assertThat(captioner.model().id()).isEqualTo("the/model");
      assertThat(original.model().id()).isEqualTo(MODEL);
      assertThat(original.model().hash()).isEqualTo(hash).matches("[0-9a-f]{64}");
    }
    Path config = folder.resolve("generation_config.json");
    Files.writeString(config, Files.readString(config) + " ");
    try (LlavaCaptioner changed = LlavaCaptioner.open(folder, OPTIONS)) {
      assertThat(changed.model().hash()).isNotEqualTo(hash);
    }
  }

  @Test
  void unusableFoldersAreRefused(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> LlavaCaptioner.open(folder, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has no model")
        .hasMessageContaining("onnx/vision_encoder.onnx");
    copy(Goldens.checkpoint(MODEL), folder);
    assertThatThrownBy(() -> LlavaCaptioner.open(folder, OPTIONS.withVariant("int8")))
        .hasMessageContaining("of precision 'int8'");
    refusedWithout(folder, "config.json", "has no config.json");
    refusedWithout(folder, "tokenizer.json", "has no tokenizer.json");
    refusedWithout(folder, "preprocessor_config.json", "has no preprocessor_config.json");
    refusedWithout(folder, "chat_template.jinja", "has no chat template");
    Path graph = folder.resolve("onnx/vision_encoder.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    Files.write(graph, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> LlavaCaptioner.open(folder, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("ONNX Runtime can't load");
    Files.copy(
        folder.resolve("onnx/decoder_model_merged.onnx"),
        graph,
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> LlavaCaptioner.open(folder, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("pixel_values");
    Files.write(graph, bytes);
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages[0]['role'] }}");
    assertThatThrownBy(() -> LlavaCaptioner.open(folder, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("0 image tokens");
  }

  private static void refusedWithout(Path folder, String name, String reason) throws IOException {
    Path file = folder.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    assertThatThrownBy(() -> LlavaCaptioner.open(folder, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(reason);
    Files.write(file, bytes);
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
