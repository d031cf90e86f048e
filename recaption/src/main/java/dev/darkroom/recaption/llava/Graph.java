package dev.darkroom.recaption.llava;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One ONNX graph, loaded; may be run by several threads at once. */
final class Graph implements AutoCloseable {
  private final Path file;
  private final OrtSession session;
  private final Map<String, TensorInfo> inputs;
  private final Map<String, TensorInfo> outputs;

  private Graph(
      Path file,
      OrtSession session,
      Map<String, TensorInfo> inputs,
      Map<String, TensorInfo> outputs) {
    this.file = file;
    this.session = session;
    this.inputs = Collections.unmodifiableMap(inputs);
    this.outputs = Collections.unmodifiableMap(outputs);
  }

  /**
   * Loads a graph.
   *
   * @throws ModelException where ONNX Runtime can't
   */
  static Graph open(Path file, LlavaOptions options) {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      // Patterns are kept for every shape, and a cache that grows has another one at each step.
      settings.setMemoryPatternOptimization(false);
      // Threads that wait in a loop take the cores from the tasks that share them.
      settings.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (options.threads() > 0) {
        settings.setIntraOpNumThreads(options.threads());
      }
      if (options.cudaDevice().isPresent()) {
        settings.addCUDA(options.cudaDevice().getAsInt());
      }
      OrtSession session = environment().createSession(file.toString(), settings);
      return new Graph(
          file, session, tensors(session.getInputInfo()), tensors(session.getOutputInfo()));
    } catch (OrtException e) {
      String remedy =
          options.cudaDevice().isPresent()
              ? "; a GPU needs ONNX Runtime's GPU build on the class path, and CUDA"
              : "; export or fetch the model again";
      throw new ModelException(
          "ONNX Runtime can't load %s: %s%s".formatted(file, e.getMessage(), remedy), e);
    }
  }

  static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment();
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

  /** The inputs that the graph declares, in its order. */
  Map<String, TensorInfo> inputs() {
    return inputs;
  }

  /** The outputs that the graph declares, in its order. */
  Map<String, TensorInfo> outputs() {
    return outputs;
  }

  /** The only name among inputs or outputs, or an error that says what was expected. */
  String only(Set<String> names, String expected) {
    if (names.size() != 1) {
      throw fault("has %s where only %s was expected".formatted(names, expected));
    }
    return names.iterator().next();
  }

  /** An error about this graph. */
  ModelException fault(String reason) {
    return new ModelException(
        "%s %s; export or fetch the model again in the layout of onnx-community"
            .formatted(file, reason));
  }

  /** Runs the graph; whoever asks closes the result. */
  OrtSession.Result run(Map<String, OnnxTensor> values) throws OrtException {
    return session.run(values);
  }

  /** Runs the graph into a tensor of the caller's, its only output. */
  void run(Map<String, OnnxTensor> values, String output, OnnxTensor target) throws OrtException {
    session.run(values, Map.of(output, target)).close();
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
