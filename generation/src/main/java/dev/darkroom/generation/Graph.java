package dev.darkroom.generation;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One ONNX graph, loaded; may be run by several threads at once. */
final class Graph implements AutoCloseable {
  private final Path file;
  private final OrtSession session;
  private final Map<String, TensorInfo> inputs;
  private final List<String> outputs;

  private Graph(
      Path file, OrtSession session, Map<String, TensorInfo> inputs, List<String> outputs) {
    this.file = file;
    this.session = session;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Loads a graph.
   *
   * @throws ModelException where ONNX Runtime can't, or where inputs have types that are not
   *     written here
   */
  static Graph open(Path file, PipelineOptions options) {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      // Threads that wait in a loop take the cores from the tasks that share them.
      settings.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (options.threads() > 0) {
        settings.setIntraOpNumThreads(options.threads());
      }
      if (options.cudaDevice().isPresent()) {
        settings.addCUDA(options.cudaDevice().getAsInt());
      }
      OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString(), settings);
      Graph graph =
          new Graph(
              file,
              session,
              tensors(session.getInputInfo()),
              List.copyOf(session.getOutputInfo().keySet()));
      graph.checkTypes();
      return graph;
    } catch (OrtException e) {
      String remedy =
          options.cudaDevice().isPresent()
              ? "; a GPU needs ONNX Runtime's GPU build on the class path, and CUDA"
              : "; export or fetch the model again";
      throw new ModelException(
          "ONNX Runtime can't load %s: %s%s".formatted(file, e.getMessage(), remedy), e);
    }
  }

  private static Map<String, TensorInfo> tensors(Map<String, NodeInfo> nodes) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          if (node.getInfo() instanceof TensorInfo tensor) {
            tensors.put(name, tensor);
          }
        });
    return tensors;
  }

  private void checkTypes() {
    inputs.forEach(
        (name, info) -> {
          if (!Tensors.isWritable(info.type)) {
            close();
            throw fault("takes %s as %s; export it in float32".formatted(name, info.type));
          }
        });
  }

  boolean has(String input) {
    return inputs.containsKey(input);
  }

  /** An input's type and shape, in which -1 is any size. */
  TensorInfo input(String name) {
    TensorInfo info = inputs.get(name);
    if (info == null) {
      throw fault("has no input %s; it has %s".formatted(name, inputs.keySet()));
    }
    return info;
  }

  /** Refuses inputs that nobody would feed. */
  void allowOnly(Collection<String> known, String reason) {
    List<String> others = inputs.keySet().stream().filter(name -> !known.contains(name)).toList();
    if (!others.isEmpty()) {
      throw fault("takes %s, %s; known are %s".formatted(others, reason, known));
    }
  }

  /** The name of the output that is asked for, or of the first where none is called so. */
  String output(String preferred) {
    return outputs.contains(preferred) ? preferred : outputs.get(0);
  }

  /** An error about this graph. */
  ModelException fault(String reason) {
    return new ModelException("%s %s".formatted(file, reason));
  }

  /** Runs the graph for one output, as float32; its shape must be the expected one. */
  float[] run(Map<String, OnnxTensor> values, String output, long... expected) throws OrtException {
    try (OrtSession.Result result = session.run(values, Set.of(output))) {
      OnnxTensor tensor = (OnnxTensor) result.get(0);
      long[] shape = tensor.getInfo().getShape();
      if (!fits(shape, expected)) {
        throw fault(
            "gives %s of shape %s where %s was expected (-1: any)"
                .formatted(output, Arrays.toString(shape), Arrays.toString(expected)));
      }
      FloatBuffer buffer = tensor.getFloatBuffer();
      if (buffer == null) {
        throw fault("gives %s in another type than float32".formatted(output));
      }
      float[] values32 = new float[buffer.remaining()];
      buffer.get(values32);
      return values32;
    }
  }

  private static boolean fits(long[] shape, long[] expected) {
    if (shape.length != expected.length) {
      return false;
    }
    for (int i = 0; i < shape.length; i++) {
      if (expected[i] >= 0 && shape[i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close " + file, e);
    }
  }
}
