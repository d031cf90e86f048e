package dev.darkroom.compression.context;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The trained weights of the {@code fast} profile: one small network per plane.
 *
 * <p>Bytes, big endian: per plane (green, red, blue) the ints components and layers, then per layer
 * the ints inputs and outputs (a multiple of 8), the bias ({@code outputs} floats) and the weights
 * ({@code [outputs / 8][inputs][8]} floats).
 *
 * @param planes the networks of the first, second and third plane
 */
record ContextModel(List<Plane> planes) {
  private static final int PLANES = 3;
  private static final int MOST_LAYERS = 16;
  private static final int MOST_UNITS = 4096;

  /**
   * The dense layers of one plane's network, at least one.
   *
   * @param components the logistics in its mixtures
   */
  record Plane(int components, List<Layer> layers) {}

  /** A dense layer, laid out as {@link LaneKernel#dense} reads it. */
  record Layer(int inputs, int outputs, float[] weights, float[] bias) {}

  /**
   * Reads a model.
   *
   * @throws IOException where it ends early or its sizes are not those of this profile
   */
  static ContextModel read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    List<Plane> planes = new ArrayList<>();
    for (int plane = 1; plane <= PLANES; plane++) {
      int inputs = ContextFeatures.count(plane);
      int components = requireRange("components", data.readInt(), 1, MOST_LAYERS);
      int count = requireRange("layers", data.readInt(), 1, MOST_LAYERS);
      List<Layer> layers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        requireRange("inputs", data.readInt(), inputs, inputs);
        int outputs = requireRange("outputs", data.readInt(), 8, MOST_UNITS);
        if (outputs % 8 != 0) {
          throw new IOException("a layer's outputs must be a multiple of 8, not " + outputs);
        }
        float[] bias = floats(data, outputs);
        layers.add(new Layer(inputs, outputs, floats(data, inputs * outputs), bias));
        inputs = outputs;
      }
      requireRange("parameters", inputs, 3 * components, MOST_UNITS);
      planes.add(new Plane(components, List.copyOf(layers)));
    }
    return new ContextModel(List.copyOf(planes));
  }

  private static float[] floats(DataInputStream data, int count) throws IOException {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = data.readFloat();
    }
    return values;
  }

  private static int requireRange(String name, int value, int min, int max) throws IOException {
    if (value < min || value > max) {
      throw new IOException(
          "the model's %s must be %d to %d, not %d".formatted(name, min, max, value));
    }
    return value;
  }
}
