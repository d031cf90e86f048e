package dev.darkroom.compression.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.compression.network.Convolution;
import dev.darkroom.compression.network.ConvolutionWeights;
import dev.darkroom.compression.network.ConvolutionalNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a flow from a description and its weights.
 *
 * <p>The description is JSON: {@code {"format": 1, "channels": c, "layers": [...]}}. The weights
 * are little-endian 32-bit floats, in the order in which the layers that follow name them; there
 * must be exactly as many as are named.
 *
 * <pre>
 * {"type": "dequantization"}
 * {"type": "squeeze"}
 * {"type": "invertibleConvolution", "start": s, "permutation": [n numbers]}
 *     weights: L (n * n), d (n), U (n * n)
 * {"type": "coupling", "start": s, "count": m, "knots": [fixed-point numbers],
 *  "network": NETWORK, "predictor": NETWORK}
 * {"type": "splitPrior", "start": s, "count": m, "scaleCenter": c, "network": NETWORK}
 * {"type": "splitPrior", "start": 0, "count": m, "scaleCenter": c}
 *     weights: m means, m log2 scales
 * NETWORK = [CONVOLUTION, ...]
 * CONVOLUTION = {"inputs": i, "outputs": o, "side": 1 or 3, "border": "zero" or "edge",
 *  "rectified": true or false}
 *     weights: o * i * side * side, then o biases
 * </pre>
 */
final class FlowDescription {
  private static final int FORMAT = 1;
  private static final int MOST_CHANNELS = 1 << 12;

  private final FloatBuffer weights;

  private FlowDescription(FloatBuffer weights) {
    this.weights = weights;
  }

  /**
   * Builds the flow.
   *
   * @throws IllegalArgumentException naming what is missing or does not fit
   */
  static Flow parse(byte[] json, byte[] weights) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("a flow's description must be JSON: " + e.getMessage(), e);
    }
    int format = integer(root, "format", 1, Integer.MAX_VALUE);
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "a flow of format %d can't be read, only of format %d: install a newer release"
              .formatted(format, FORMAT));
    }
    if (weights.length % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "weights take a multiple of 4 bytes, not " + weights.length);
    }
    FloatBuffer floats = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    FlowDescription description = new FlowDescription(floats);
    List<FlowLayer> layers = new ArrayList<>();
    for (JsonNode layer : array(root, "layers")) {
      layers.add(description.layer(layer));
    }
    if (floats.hasRemaining()) {
      throw new IllegalArgumentException(
          floats.remaining() + " weights are left over after the last layer");
    }
    return new Flow(integer(root, "channels", 1, MOST_CHANNELS), layers);
  }

  private FlowLayer layer(JsonNode layer) {
    String type = text(layer, "type");
    return switch (type) {
      case "dequantization" -> new Dequantization();
      case "squeeze" -> new Squeeze();
      case "invertibleConvolution" -> invertibleConvolution(layer);
      case "coupling" -> coupling(layer);
      case "splitPrior" -> splitPrior(layer);
      default -> throw new IllegalArgumentException("there is no layer of type " + type);
    };
  }

  private FlowLayer invertibleConvolution(JsonNode layer) {
    int[] permutation = integers(layer, "permutation");
    int n = permutation.length;
    float[] lower = floats(n * n);
    float[] logDiagonal = floats(n);
    float[] upper = floats(n * n);
    return new InvertibleConvolution(
        integer(layer, "start", 0, MOST_CHANNELS), permutation, lower, logDiagonal, upper);
  }

  private FlowLayer coupling(JsonNode layer) {
    ConvolutionalNetwork network = network(layer, "network");
    ConvolutionalNetwork predictor = network(layer, "predictor");
    return new Coupling(
        integer(layer, "start", 1, MOST_CHANNELS),
        integer(layer, "count", 1, MOST_CHANNELS),
        network,
        predictor,
        integers(layer, "knots"));
  }

  private FlowLayer splitPrior(JsonNode layer) {
    int start = integer(layer, "start", 0, MOST_CHANNELS);
    int count = integer(layer, "count", 1, MOST_CHANNELS);
    float center = (float) required(layer, "scaleCenter").asDouble(Double.NaN);
    return start == 0
        ? new SplitPrior(floats(2 * count), center)
        : new SplitPrior(start, count, network(layer, "network"), center);
  }

  private ConvolutionalNetwork network(JsonNode layer, String name) {
    List<ConvolutionalNetwork.Layer> layers = new ArrayList<>();
    for (JsonNode convolution : array(layer, name)) {
      int inputs = integer(convolution, "inputs", 1, MOST_CHANNELS);
      int outputs = integer(convolution, "outputs", 1, MOST_CHANNELS);
      int side = integer(convolution, "side", 1, 3);
      boolean rectified = required(convolution, "rectified").asBoolean();
      float[] values = floats(Math.multiplyExact(outputs * side * side, inputs));
      ConvolutionWeights all =
          new ConvolutionWeights(inputs, outputs, side, values, floats(outputs), rectified);
      layers.add(
          new ConvolutionalNetwork.Layer(Convolution.of(all), border(text(convolution, "border"))));
    }
    return new ConvolutionalNetwork(layers);
  }

  private static ConvolutionalNetwork.Border border(String name) {
    return switch (name) {
      case "zero" -> ConvolutionalNetwork.Border.ZERO;
      case "edge" -> ConvolutionalNetwork.Border.EDGE;
      default -> throw new IllegalArgumentException("border must be zero or edge, not " + name);
    };
  }

  private float[] floats(int count) {
    if (count > weights.remaining()) {
      throw new IllegalArgumentException(
          "%d more weights are needed, but only %d are left".formatted(count, weights.remaining()));
    }
    float[] result = new float[count];
    weights.get(result);
    return result;
  }

  private static int integer(JsonNode node, String name, int least, int greatest) {
    JsonNode value = required(node, name);
    if (!value.isInt() || value.intValue() < least || value.intValue() > greatest) {
      throw new IllegalArgumentException(
          "%s must be an integer from %d to %d, not %s".formatted(name, least, greatest, value));
    }
    return value.intValue();
  }

  private static int[] integers(JsonNode node, String name) {
    List<Integer> result = new ArrayList<>();
    for (JsonNode value : array(node, name)) {
      if (!value.isInt()) {
        throw new IllegalArgumentException(name + " must hold integers, not " + value);
      }
      result.add(value.intValue());
    }
    return result.stream().mapToInt(Integer::intValue).toArray();
  }

  private static JsonNode array(JsonNode node, String name) {
    JsonNode value = required(node, name);
    if (!value.isArray()) {
      throw new IllegalArgumentException(name + " must be an array, not " + value);
    }
    return value;
  }

  private static String text(JsonNode node, String name) {
    return required(node, name).asText();
  }

  private static JsonNode required(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      throw new IllegalArgumentException("a flow's description lacks \"" + name + "\" in " + node);
    }
    return value;
  }
}
