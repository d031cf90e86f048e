package dev.darkroom.generation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.darkroom.generation.Pipelines.Golden;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images are those of diffusers' own pipelines with the same seeds. */
class PipelineParityTest {
  private static final double TOLERANCE = 1e-3;

  @ParameterizedTest
  @ValueSource(strings = {"pixart-conditions", "pixart-plain", "sd15", "sd2", "pixels"})
  void imagesAreThoseOfDiffusers(String name) throws OrtException {
    try (DiffusionPipeline pipeline = Pipelines.load(name)) {
      List<Golden> goldens = Pipelines.goldens(name);
      assertThat(goldens).hasSize(3);
      for (Golden golden : goldens) {
        List<BatchSampler.Drawn> drawn =
            pipeline.sampler(golden.parameters()).draw(golden.requests(), SamplingProgress.NONE);
        List<SampleOutcome> outcomes = pipeline.sample(golden.requests(), golden.parameters());
        for (int i = 0; i < drawn.size(); i++) {
          double largest = difference(golden.images()[i], drawn.get(i).pixels());
          System.out.printf(
              "%s, seed %d: at most %.1e off%n", name, golden.requests().get(i).seed(), largest);
          assertThat(largest).isLessThan(TOLERANCE);
          Sample sample = (Sample) outcomes.get(i);
          assertThat(sample.width()).isEqualTo(golden.parameters().width());
          assertThat(sample.height()).isEqualTo(golden.parameters().height());
          checkBytes(golden.images()[i], sample.rgb());
        }
      }
    }
  }

  private static double difference(float[] expected, float[] planes) {
    assertThat(planes).hasSameSizeAs(expected);
    int count = planes.length / 3;
    double largest = 0;
    for (int i = 0; i < planes.length; i++) {
      float ours = RgbConversion.unit(planes[i % 3 * count + i / 3]);
      largest = Math.max(largest, Math.abs(ours - expected[i]));
    }
    return largest;
  }

  private static void checkBytes(float[] expected, byte[] rgb) {
    for (int i = 0; i < rgb.length; i++) {
      assertThat((double) (rgb[i] & 255))
          .isBetween(
              255.0 * expected[i] - 0.5 - 255 * TOLERANCE,
              255.0 * expected[i] + 0.5 + 255 * TOLERANCE);
    }
  }
}
