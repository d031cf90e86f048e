package dev.darkroom.generation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.generation.noise.TorchNoise;
import dev.darkroom.generation.scheduler.Noising;
import dev.darkroom.generation.scheduler.Scheduler;
import dev.darkroom.generation.scheduler.SchedulerConfig;
import dev.darkroom.generation.scheduler.Stepper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On data whose density is known: two round Gaussians, one with nine tenths of the images, for
 * which the best denoiser has a closed form.
 */
class MinorityGuidanceTest {
  private static final String FLOW =
      "{\"_class_name\": \"FlowMatchEulerDiscreteScheduler\", \"shift\": 3.0}";
  private static final String VELOCITY =
      "{\"_class_name\": \"DDIMScheduler\", \"prediction_type\": \"v_prediction\","
          + " \"clip_sample\": false}";
  private static final String EPSILON =
      "{\"_class_name\": \"DPMSolverMultistepScheduler\", \"prediction_type\": \"epsilon\"}";
  private static final int DIMENSIONS = 16;
  private static final int IMAGES = 1000;
  private static final int STEPS = 20;
  private static final double MEAN = 0.25;
  private static final double DEVIATION = 0.3;
  private static final double RARE = 0.1;

  private static SchedulerConfig config(String json) {
    try {
      return SchedulerConfig.of(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The best estimates of the images in samples, put as the model's output. */
  private static float[][] outputs(Noising noising, double timestep, float[][] samples) {
    float[] zero = new float[DIMENSIONS];
    float[] one = new float[DIMENSIONS];
    Arrays.fill(one, 1);
    double alpha = noising.noised(timestep, one, zero)[0];
    double sigma = noising.noised(timestep, zero, one)[0];
    double variance = alpha * alpha * DEVIATION * DEVIATION + sigma * sigma;
    float[][] outputs = new float[samples.length][];
    for (int row = 0; row < samples.length; row++) {
      double sum = 0;
      for (float value : samples[row]) {
        sum += value;
      }
      double odds = (1 - RARE) / RARE * Math.exp(2 * alpha * MEAN * sum / variance);
      double common = odds / (1 + odds);
      double gain = alpha * DEVIATION * DEVIATION / variance;
      float[] change = new float[DIMENSIONS];
      float[] silent = noising.image(timestep, zero, samples[row]);
      for (int i = 0; i < DIMENSIONS; i++) {
        double near = MEAN + gain * (samples[row][i] - alpha * MEAN);
        double far = -MEAN + gain * (samples[row][i] + alpha * MEAN);
        change[i] = (float) (common * near + (1 - common) * far) - silent[i];
      }
      outputs[row] = noising.moved(timestep, zero, change);
    }
    return outputs;
  }

  private static float[][] draw(String json, double strength) throws OrtException {
    SchedulerConfig config = config(json);
    Noising noising = config.noising();
    Scheduler scheduler = config.scheduler(STEPS);
    MinorityGuidance guidance = new MinorityGuidance(noising, strength);
    List<Stepper> steppers = new ArrayList<>();
    List<TorchNoise> probes = new ArrayList<>();
    float[][] samples = new float[IMAGES][];
    for (int seed = 0; seed < IMAGES; seed++) {
      TorchNoise noise = new TorchNoise(seed);
      samples[seed] = noise.next(DIMENSIONS);
      steppers.add(scheduler.start(noise));
      probes.add(new TorchNoise(seed + 100_000L));
    }
    for (double timestep : scheduler.timesteps()) {
      float[][] outputs = outputs(noising, timestep, samples);
      if (guidance.guides(timestep)) {
        float[][] noises =
            probes.stream().map(probe -> probe.next(DIMENSIONS)).toArray(float[][]::new);
        outputs =
            guidance.guide(
                latents -> outputs(noising, timestep, latents), timestep, samples, outputs, noises);
      }
      for (int row = 0; row < IMAGES; row++) {
        samples[row] = steppers.get(row).step(outputs[row], samples[row]);
      }
    }
    return samples;
  }

  private static boolean isRare(float[] sample) {
    double sum = 0;
    for (float value : sample) {
      sum += value;
    }
    return sum < 0;
  }

  private static double rareShare(float[][] samples) {
    long rare = Arrays.stream(samples).filter(MinorityGuidanceTest::isRare).count();
    return (double) rare / samples.length;
  }

  /** How far samples lie from the middle of their Gaussian. */
  private static double deviation(float[][] samples) {
    double squares = 0;
    for (float[] sample : samples) {
      double mean = isRare(sample) ? -MEAN : MEAN;
      for (float value : sample) {
        squares += (value - mean) * (value - mean) / DIMENSIONS;
      }
    }
    return Math.sqrt(squares / samples.length);
  }

  private static double meanScore(String json, float[][] samples) throws OrtException {
    Noising noising = config(json).noising();
    double timestep = 600;
    double sum = 0;
    for (int draw = 0; draw < 4; draw++) {
      TorchNoise noise = new TorchNoise(draw);
      float[][] noises = new float[samples.length][];
      for (int row = 0; row < noises.length; row++) {
        noises[row] = noise.next(DIMENSIONS);
      }
      double[] scores =
          new MinorityGuidance(noising, 0)
              .scores(latents -> outputs(noising, timestep, latents), timestep, samples, noises);
      sum += Arrays.stream(scores).average().orElseThrow();
    }
    return sum / 4;
  }

  @ParameterizedTest
  @ValueSource(strings = {FLOW, VELOCITY, EPSILON})
  void rareImagesAndScoresGrowWithTheStrength(String json) throws OrtException {
    List<Double> shares = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (double strength : new double[] {0, 1, 2}) {
      float[][] samples = draw(json, strength);
      shares.add(rareShare(samples));
      scores.add(meanScore(json, samples));
      deviations.add(deviation(samples));
    }
    System.out.printf("%s: rare %s, scores %s, deviations %s%n", json, shares, scores, deviations);
    assertThat(shares.get(0)).isBetween(0.05, 0.15);
    assertThat(shares.get(1)).isGreaterThan(1.15 * shares.get(0));
    assertThat(shares.get(2)).isGreaterThan(1.15 * shares.get(1));
    assertThat(scores.get(1)).isGreaterThan(1.15 * scores.get(0));
    assertThat(scores.get(2)).isGreaterThan(1.15 * scores.get(1));
    assertThat(deviations).allMatch(deviation -> deviation < 1.5 * DEVIATION);
  }

  @Test
  void aRareImageScoresHigher() throws OrtException {
    float[] common = new float[DIMENSIONS];
    float[] rare = new float[DIMENSIONS];
    Arrays.fill(common, (float) MEAN);
    Arrays.fill(rare, (float) -MEAN);
    assertThat(meanScore(FLOW, new float[][] {rare}))
        .isGreaterThan(2 * meanScore(FLOW, new float[][] {common}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pixart-plain", "sd2", "pixels"})
  void imagesChangeWithTheStrengthAndNotWithTheBatch(String name) {
    try (DiffusionPipeline pipeline = Pipelines.load(name)) {
      SamplingParameters plain =
          new SamplingParameters(
              4,
              2,
              name.equals("pixels") ? 16 : 32,
              name.equals("pixels") ? 16 : 32,
              Optional.empty(),
              0,
              0);
      List<SampleRequest> requests =
          List.of(
              new SampleRequest("a red circle", "", 0xffffffffL),
              new SampleRequest("a blue square", "", 1));
      byte[] without = ((Sample) pipeline.sample(requests, plain).get(1)).rgb();
      byte[] little = ((Sample) pipeline.sample(requests, plain.withMinority(0.2)).get(1)).rgb();
      assertThat(little).isNotEqualTo(without);
      assertThat(pipeline.sample(requests.subList(1, 2), plain.withMinority(0.2)))
          .singleElement()
          .extracting(outcome -> ((Sample) outcome).rgb())
          .isEqualTo(little);
      assertThat(((Sample) pipeline.sample(requests, plain.withMinority(1e-9)).get(1)).rgb())
          .isEqualTo(without);
    }
  }
}
