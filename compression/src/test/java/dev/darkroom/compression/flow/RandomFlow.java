package dev.darkroom.compression.flow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Descriptions and weights of flows with random layers. */
final class RandomFlow {
  private final SplittableRandom random;
  private final double scaleCenter;
  private final double priorReach;
  private final List<String> layers = new ArrayList<>();
  private final List<Float> weights = new ArrayList<>();

  private RandomFlow(SplittableRandom random, double scaleCenter, double priorReach) {
    this.random = random;
    this.scaleCenter = scaleCenter;
    this.priorReach = priorReach;
  }

  /** A flow of up to two levels over up to 3 channels, with priors that some values fall out of. */
  static FlowModel narrow(SplittableRandom random) {
    return of(random, 3, 2.5, 1);
  }

  /**
   * The same with fewer steps and priors so wide, and so little moved by their networks, that they
   * hold every value: beyond 19 scales the coder gives a value more probability than the density.
   */
  static FlowModel wide(SplittableRandom random) {
    return of(random, 2, 9.5, 0.1);
  }

  private static FlowModel of(
      SplittableRandom random, int mostSteps, double scaleCenter, double priorReach) {
    RandomFlow flow = new RandomFlow(random, scaleCenter, priorReach);
    int channels = random.nextInt(1, 4);
    int current = channels;
    flow.layers.add("{\"type\": \"dequantization\"}");
    int levels = random.nextInt(1, 3);
    for (int level = 0; level < levels; level++) {
      flow.layers.add("{\"type\": \"squeeze\"}");
      current *= 4;
      int steps = random.nextInt(mostSteps + 1);
      for (int step = 0; step < steps; step++) {
        if (random.nextBoolean()) {
          flow.invertibleConvolution(current);
        } else {
          flow.coupling(current);
        }
      }
      int kept = random.nextInt(1, Math.min(current, 5));
      flow.splitPrior(kept, current - kept);
      current = kept;
    }
    flow.splitPrior(0, current);
    String description =
        "{\"format\": 1, \"channels\": %d, \"layers\": [%s]}"
            .formatted(channels, String.join(",\n", flow.layers));
    return FlowModel.parse(description.getBytes(StandardCharsets.UTF_8), flow.bytes());
  }

  private void invertibleConvolution(int channels) {
    int start = random.nextInt(channels);
    int n = random.nextInt(1, Math.min(6, channels - start) + 1);
    List<Integer> permutation =
        IntStream.range(0, n).boxed().collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(permutation, new Random(random.nextLong()));
    weights(n * n, 0.3);
    weights(n, 0.5);
    weights(n * n, 0.3);
    layers.add(
        "{\"type\": \"invertibleConvolution\", \"start\": %d, \"permutation\": %s}"
            .formatted(start, permutation));
  }

  private void coupling(int channels) {
    int start = random.nextInt(1, channels);
    int count = random.nextInt(1, Math.min(4, channels - start) + 1);
    String knots = random.nextBoolean() ? "[-3000, -700, 0, 10, 65546]" : "[]";
    int intervals = knots.equals("[]") ? 0 : 4;
    int outputs = count * (2 + intervals) + count * (count - 1) / 2;
    String network =
        convolution(start, 5, 3, true)
            + ", "
            + convolution(5, outputs, random.nextInt(2) * 2 + 1, false);
    String predictor = convolution(start, count, 3, false);
    layers.add(
        "{\"type\": \"coupling\", \"start\": %d, \"count\": %d, \"knots\": %s, \"network\": [%s], \"predictor\": [%s]}"
            .formatted(start, count, knots, network, predictor));
  }

  private void splitPrior(int start, int count) {
    String network = "";
    if (start == 0) {
      weights(2 * count, 1);
    } else {
      network = ", \"network\": [" + convolution(start, 2 * count, 3, false, priorReach) + "]";
    }
    layers.add(
        "{\"type\": \"splitPrior\", \"start\": %d, \"count\": %d, \"scaleCenter\": %s%s}"
            .formatted(start, count, scaleCenter, network));
  }

  private String convolution(int inputs, int outputs, int side, boolean rectified) {
    return convolution(inputs, outputs, side, rectified, 1);
  }

  private String convolution(int inputs, int outputs, int side, boolean rectified, double reach) {
    weights(outputs * inputs * side * side + outputs, reach / Math.sqrt(inputs * side * side));
    return "{\"inputs\": %d, \"outputs\": %d, \"side\": %d, \"border\": \"%s\", \"rectified\": %b}"
        .formatted(inputs, outputs, side, random.nextBoolean() ? "zero" : "edge", rectified);
  }

  private void weights(int count, double reach) {
    for (int i = 0; i < count; i++) {
      weights.add((float) random.nextDouble(-reach, reach));
    }
  }

  private byte[] bytes() {
    ByteBuffer buffer =
        ByteBuffer.allocate(weights.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    weights.forEach(buffer::putFloat);
    return buffer.array();
  }
}
