package dev.darkroom.generation;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.darkroom.models.ModelException;
import dev.darkroom.models.onnx.Graph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Values as the graphs take them, in memory outside the heap, which ONNX Runtime uses in place. */
final class Tensors {
  private Tensors() {}

  /** Values as float32, in rows. */
  static OnnxTensor floats(float[][] rows, long... shape) throws OrtException {
    FloatBuffer buffer = buffer((long) rows.length * rows[0].length * Float.BYTES).asFloatBuffer();
    for (float[] row : rows) {
      buffer.put(row);
    }
    return OnnxTensor.createTensor(Graph.environment(), buffer.flip(), shape);
  }

  /** Whole numbers in the type that a graph declares for them. */
  static OnnxTensor wholes(OnnxJavaType type, long[][] rows, long... shape) throws OrtException {
    double[][] values = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      values[row] = new double[rows[row].length];
      for (int i = 0; i < values[row].length; i++) {
        values[row][i] = rows[row][i];
      }
    }
    return numbers(type, values, shape);
  }

  /**
   * Numbers in the type that a graph declares for them.
   *
   * @throws IllegalArgumentException for types that are not written here, and for fractions where
   *     the graph takes whole numbers
   */
  static OnnxTensor numbers(OnnxJavaType type, double[][] rows, long... shape) throws OrtException {
    long count = (long) rows.length * rows[0].length;
    ByteBuffer buffer = buffer(count * type.size);
    for (double[] row : rows) {
      for (double value : row) {
        put(buffer, type, value);
      }
    }
    return OnnxTensor.createTensor(Graph.environment(), buffer.flip(), shape, type);
  }

  /**
   * Refuses a graph whose inputs have types that are not written here.
   *
   * @throws ModelException that names one of them
   */
  static void requireWritableInputs(Graph graph) {
    graph
        .inputs()
        .forEach(
            (name, info) -> {
              if (!isWritable(info.type)) {
                throw graph.fault(
                    "takes %s as %s; export it in float32".formatted(name, info.type));
              }
            });
  }

  private static boolean isWritable(OnnxJavaType type) {
    return switch (type) {
      case FLOAT, DOUBLE, INT32, INT64, BOOL -> true;
      default -> false;
    };
  }

  private static void put(ByteBuffer buffer, OnnxJavaType type, double value) {
    switch (type) {
      case FLOAT -> buffer.putFloat((float) value);
      case DOUBLE -> buffer.putDouble(value);
      case INT32 -> buffer.putInt(Math.toIntExact(whole(value)));
      case INT64 -> buffer.putLong(whole(value));
      case BOOL -> buffer.put((byte) (value == 0 ? 0 : 1));
      default -> throw new IllegalArgumentException("tensors of type " + type + " are not written");
    }
  }

  private static long whole(double value) {
    if (value != Math.rint(value)) {
      throw new IllegalArgumentException(
          "%s is given where the graph takes whole numbers; export it with float timesteps"
              .formatted(value));
    }
    return (long) value;
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }
}
