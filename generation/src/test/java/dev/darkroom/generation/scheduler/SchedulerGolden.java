package dev.darkroom.generation.scheduler;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.generation.noise.TorchNoise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What diffusers did with one configuration: see {@code training/goldens/schedulers.py}. */
record SchedulerGolden(JsonNode json) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /**
   * How far from diffusers' samples these are, by their largest value; infinite where one is no
   * number.
   *
   * @param torch half way or at the end, whichever is larger
   * @param rounded at the end, where diffusers' functions of float32 are rounded once
   */
  record Difference(double torch, double rounded) {}

  static List<SchedulerGolden> read(Path file) throws IOException {
    return StreamSupport.stream(MAPPER.readTree(Files.readAllBytes(file)).spliterator(), false)
        .map(SchedulerGolden::new)
        .toList();
  }

  SchedulerConfig config() {
    SchedulerConfig config = SchedulerConfig.of(json.get("config"));
    if (json.has("to")) {
      config = config.with(SamplerKind.ofClassName(json.get("to").textValue()).orElseThrow());
    }
    return json.has("eta") ? config.withEta(json.get("eta").doubleValue()) : config;
  }

  Scheduler scheduler() {
    return config().scheduler(json.get("steps").intValue());
  }

  double[] timesteps() {
    return StreamSupport.stream(json.get("timesteps").spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  /**
   * Whether the solver subtracts nearly equal numbers, so that a unit in the last place of
   * PyTorch's logarithms and roots, which differ from processor to processor, shows.
   */
  boolean cancels() {
    JsonNode config = json.get("config");
    return config.path("predictor_order").asInt(2) > 2
        || config.path("corrector_order").asInt(2) > 2;
  }

  Difference difference() {
    float[] end = floats("final");
    List<float[]> samples = samples(end.length);
    float[] actual = samples.get(samples.size() - 1);
    return new Difference(
        Math.max(
            difference(samples.get((samples.size() - 1) / 2), floats("middle")),
            difference(actual, end)),
        difference(actual, floats("rounded")));
  }

  private List<float[]> samples(int length) {
    Scheduler scheduler = scheduler();
    TorchNoise noise = new TorchNoise(json.get("seed").longValue());
    float[] sample = noise.next(length);
    String variance = json.get("config").path("variance_type").asText();
    Stepper stepper = scheduler.start(noise);
    List<float[]> samples = new ArrayList<>();
    for (double timestep : scheduler.timesteps()) {
      boolean second = scheduler.learnsVariance();
      sample = stepper.step(model(sample, timestep, second, variance.equals("learned")), sample);
      samples.add(sample);
    }
    return samples;
  }

  private static float[] model(float[] sample, double timestep, boolean second, boolean squared) {
    float[] output = new float[second ? 2 * sample.length : sample.length];
    double shift = 0.1 * StrictMath.sin(timestep / 100);
    for (int i = 0; i < sample.length; i++) {
      output[i] = (float) StrictMath.tanh(0.7 * sample[i] + shift);
      if (second) {
        double cosine = StrictMath.cos(3.0 * sample[i]);
        output[sample.length + i] = (float) (squared ? 0.01 * cosine * cosine : cosine);
      }
    }
    return output;
  }

  private static double difference(float[] actual, float[] expected) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
    }
    return Double.isFinite(difference) ? difference / largest : Double.POSITIVE_INFINITY;
  }

  private float[] floats(String field) {
    try {
      byte[] bytes = json.get(field).binaryValue();
      float[] values = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return json.get("name").textValue();
  }
}
