package dev.darkroom.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.generation.Pipelines.Golden;
import dev.darkroom.generation.scheduler.SamplerKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiffusionPipelineTest {
  private static final String CIRCLE = "a red circle";

  private static List<SampleRequest> requests(int count) {
    List<SampleRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(new SampleRequest("a red circle ".repeat(i % 3), i % 2 == 0 ? "" : "blue", i));
    }
    return requests;
  }

  private static List<byte[]> draw(
      DiffusionPipeline pipeline,
      List<SampleRequest> requests,
      SamplingParameters parameters,
      int batch) {
    List<byte[]> images = new ArrayList<>();
    for (int start = 0; start < requests.size(); start += batch) {
      pipeline
          .sample(requests.subList(start, Math.min(start + batch, requests.size())), parameters)
          .forEach(outcome -> images.add(((Sample) outcome).rgb()));
    }
    return images;
  }

  @ParameterizedTest
  @CsvSource({
    "pixart-conditions, 4.5",
    "pixart-plain, 3",
    "sd15, 1",
    "sd15, 3",
    "sd2, 5",
    "pixels, 1",
    "pixels, 3"
  })
  void bytesDependNeitherOnBatchNorThreads(String name, double guidance) {
    List<SampleRequest> requests = requests(8);
    List<byte[]> expected = List.of();
    for (int threads : new int[] {1, 2}) {
      PipelineOptions options = Pipelines.OPTIONS.withThreads(threads);
      try (DiffusionPipeline pipeline = DiffusionPipeline.load(Pipelines.model(name), options)) {
        SamplingParameters parameters =
            small(name, pipeline.defaults().withSteps(4).withGuidanceScale(guidance));
        for (int batch : new int[] {1, 3, 8}) {
          List<byte[]> images = draw(pipeline, requests, parameters, batch);
          expected = expected.isEmpty() ? images : expected;
          for (int i = 0; i < images.size(); i++) {
            assertThat(images.get(i))
                .as("image %d, batch %d, %d threads", i, batch, threads)
                .isEqualTo(expected.get(i));
          }
        }
      }
    }
    assertThat(expected.stream().map(DiffusionPipelineTest::boxed)).doesNotHaveDuplicates();
  }

  /** The size of the goldens, and a sampler that is known where the model's own is not. */
  private static SamplingParameters small(String name, SamplingParameters parameters) {
    SamplingParameters known =
        name.equals("sd15") ? parameters.withSampler(SamplerKind.DPM_SOLVER_MULTISTEP) : parameters;
    return name.equals("pixels") ? known : known.withSize(32, 40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pixart-conditions", "pixart-plain", "sd2", "pixels"})
  void promptsNegativesAndSeedsAllHaveAPart(String name) {
    try (DiffusionPipeline pipeline = Pipelines.load(name)) {
      SamplingParameters parameters = small(name, pipeline.defaults().withSteps(4));
      List<byte[]> images =
          draw(
              pipeline,
              List.of(
                  new SampleRequest(CIRCLE, "", 5),
                  new SampleRequest("a green square", "", 5),
                  new SampleRequest(CIRCLE, "left", 5),
                  new SampleRequest(CIRCLE, "", 6)),
              parameters,
              4);
      for (int i = 1; i < images.size(); i++) {
        assertThat(images.get(i)).isNotEqualTo(images.get(0));
      }
      SamplingParameters unguided = parameters.withGuidanceScale(1);
      assertThat(draw(pipeline, List.of(new SampleRequest(CIRCLE, "left", 5)), unguided, 1).get(0))
          .isEqualTo(draw(pipeline, List.of(new SampleRequest(CIRCLE, "", 5)), unguided, 1).get(0));
    }
  }

  @Test
  void aLatentThatOverflowsFailsAlone() {
    try (DiffusionPipeline pipeline = Pipelines.load("pixels")) {
      SamplingParameters parameters = pipeline.defaults().withSteps(5);
      SampleRequest sound = new SampleRequest(CIRCLE, "", 1);
      List<Integer> still = new ArrayList<>();
      List<SampleOutcome> outcomes =
          pipeline.sample(
              List.of(
                  new SampleRequest("the void", "", 0),
                  sound,
                  new SampleRequest(CIRCLE, "void", 2),
                  new SampleRequest("a blue square", "", 3)),
              parameters,
              (step, steps, images) -> still.add(images));
      for (int failed : new int[] {0, 2}) {
        assertThat(outcomes.get(failed))
            .isInstanceOfSatisfying(
                SampleFailure.class,
                failure -> {
                  assertThat(failure.type()).isEqualTo(SampleFailure.Type.NOT_FINITE);
                  assertThat(failure.message())
                      .contains("768 of 768 values of the latent")
                      .contains("after step 1 of 5");
                });
      }
      assertThat(((Sample) outcomes.get(1)).rgb())
          .isEqualTo(draw(pipeline, List.of(sound), parameters, 1).get(0));
      assertThat(outcomes.get(3)).isInstanceOf(Sample.class);
      assertThat(still).containsExactly(2, 2, 2, 2, 2);
    }
  }

  @Test
  void truncationIsReported() {
    try (DiffusionPipeline pipeline = Pipelines.load("sd2")) {
      SamplingParameters parameters = pipeline.defaults().withSteps(1).withSize(32, 32);
      String endless = "a small red circle ".repeat(600).substring(0, 10_000);
      List<SampleOutcome> outcomes =
          pipeline.sample(
              List.of(
                  new SampleRequest(endless, "", 0),
                  new SampleRequest("", endless, 0),
                  new SampleRequest("", "", 0)),
              parameters);
      assertThat(outcomes.stream().map(outcome -> ((Sample) outcome).promptTruncated()))
          .containsExactly(true, false, false);
      assertThat(outcomes.stream().map(outcome -> ((Sample) outcome).negativeTruncated()))
          .containsExactly(false, true, false);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0000", "\ud800 alone", "\ud83c\udf33 \u6811 \u202e", "<|endoftext|></s>"})
  void oddTextsAreDrawn(String prompt) {
    for (String name : List.of("pixart-plain", "sd2")) {
      try (DiffusionPipeline pipeline = Pipelines.load(name)) {
        SamplingParameters parameters = pipeline.defaults().withSteps(1).withSize(32, 32);
        assertThat(pipeline.sample(List.of(new SampleRequest(prompt, prompt, 0)), parameters))
            .singleElement()
            .isInstanceOf(Sample.class);
      }
    }
  }

  @Test
  void defaultsAreTheModels() {
    try (DiffusionPipeline pipeline = Pipelines.load("sd2")) {
      assertThat(pipeline.defaults())
          .isEqualTo(new SamplingParameters(50, 7.5, 32, 32, Optional.empty(), 0, 0));
    }
    try (DiffusionPipeline pipeline = Pipelines.load("pixart-conditions")) {
      assertThat(pipeline.defaults())
          .isEqualTo(new SamplingParameters(20, 4.5, 512, 512, Optional.empty(), 0, 0));
    }
  }

  @Test
  void whatAModelCannotDoIsRefusedAtOnce() {
    try (DiffusionPipeline pipeline = Pipelines.load("sd15")) {
      SamplingParameters parameters = pipeline.defaults().withSteps(2000).withSize(33, 32);
      assertThatThrownBy(() -> pipeline.sample(requests(1), parameters))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("33 x 32, and this model draws multiples of 4 pixels")
          .hasMessageContaining("PNDMScheduler");
      assertThat(pipeline.problems(parameters.withSampler(SamplerKind.DDIM)))
          .hasSize(2)
          .anySatisfy(problem -> assertThat(problem).contains("2000 steps"));
    }
    try (DiffusionPipeline pipeline = Pipelines.load("pixels")) {
      assertThat(pipeline.problems(pipeline.defaults())).isEmpty();
      assertThat(pipeline.problems(pipeline.defaults().withSize(16, 24)))
          .containsExactly("the size is 16 x 24, and this model draws 16 x 16 only");
      assertThat(pipeline.problems(pipeline.defaults().withEta(0.5))).hasSize(1);
    }
    try (DiffusionPipeline pipeline = Pipelines.load("pixart-plain")) {
      assertThat(pipeline.problems(pipeline.defaults().withSize(36, 32)))
          .containsExactly("the size is 36 x 32, and this model draws multiples of 8 pixels");
    }
  }

  @Test
  void badParametersAreNamedTogether() {
    assertThatThrownBy(() -> new SamplingParameters(0, Double.NaN, 0, 8, Optional.empty(), 2, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("steps is 0")
        .hasMessageContaining("guidance is NaN")
        .hasMessageContaining("0 x 8")
        .hasMessageContaining("eta is 2.0")
        .hasMessageContaining("minority is -1.0");
    assertThatThrownBy(() -> new SampleRequest("", "", 1L << 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4294967296");
  }

  @Test
  void severalThreadsShareOneModel() throws Exception {
    Golden golden = Pipelines.goldens("sd2").get(1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (DiffusionPipeline pipeline = Pipelines.load("sd2")) {
      Callable<List<List<Byte>>> work =
          () ->
              draw(pipeline, golden.requests(), golden.parameters(), 2).stream()
                  .map(DiffusionPipelineTest::boxed)
                  .toList();
      List<List<Byte>> expected = work.call();
      for (Future<List<List<Byte>>> images : threads.invokeAll(Collections.nCopies(8, work))) {
        assertThat(images.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> boxed = new ArrayList<>(bytes.length);
    for (byte value : bytes) {
      boxed.add(value);
    }
    return boxed;
  }

  @Test
  void aClosedPipelineSaysSo() {
    DiffusionPipeline pipeline = Pipelines.load("pixels");
    assertThat(pipeline.sample(List.of(), pipeline.defaults())).isEmpty();
    pipeline.close();
    pipeline.close();
    assertThatThrownBy(() -> pipeline.sample(requests(1), pipeline.defaults()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
