package dev.darkroom.models.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.darkroom.models.ModelException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One ONNX graph, loaded; may be run by several threads at once. */
public final class Graph implements AutoCloseable {
  private final Path file;
  private final OrtSession session;
  private final Map<String, TensorInfo> inputs;
  private final Map<String, TensorInfo> outputs;
  private final String remedy;

  private Graph(
      Path file,
      OrtSession session,
      Map<String, TensorInfo> inputs,
      Map<String, TensorInfo> outputs,
      String remedy) {
    this.file = file;
    this.session = session;
    this.inputs = Collections.unmodifiableMap(inputs);
    this.outputs = Collections.unmodifiableMap(outputs);
    this.remedy = remedy;
  }

  /**
   * Loads a graph.
   *
   * @throws ModelException where ONNX Runtime can't
   */
  public static Graph open(Path file, GraphOptions options) {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      settings.setMemoryPatternOptimization(options.memoryPatterns());
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
          file,
          session,
          tensors(session.getInputInfo()),
          tensors(session.getOutputInfo()),
          options.remedy());
    } catch (OrtException e) {
      String remedy =
          options.cudaDevice().isPresent()
              ? "; a GPU needs ONNX Runtime's GPU build on the class path, and CUDA"
              : "; export or fetch the model again";
      throw new ModelException(
          "ONNX Runtime can't load %s: %s%s".formatted(file, e.getMessage(), remedy), e);
    }
  }

  /** ONNX Runtime in this JVM, of which tensors are made. */
  public static OrtEnvironment environment() {
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

  /** The inputs that the graph declares, in its order; in shapes, -1 is any size. */
  public Map<String, TensorInfo> inputs() {
    return inputs;
  }

  /** The outputs that the graph declares, in its order; in shapes, -1 is any size. */
  public Map<String, TensorInfo> outputs() {
    return outputs;
  }

  /** Whether the graph declares an input. */
  public boolean has(String input) {
    return inputs.containsKey(input);
  }

  /**
   * An input's type and shape, in which -1 is any size.
   *
   * @throws ModelException where there is no such input
   */
  public TensorInfo input(String name) {
    TensorInfo info = inputs.get(name);
    if (info == null) {
      throw fault("has no input %s; it has %s".formatted(name, inputs.keySet()));
    }
    return info;
  }

  /** The name of the output that is asked for, or of the first where none is called so. */
  public String output(String preferred) {
    return outputs.containsKey(preferred) ? preferred : outputs.keySet().iterator().next();
  }

  /**
   * The only name among inputs or outputs.
   *
   * @param expected what it is called where exporters call it as usual
   * @throws ModelException where there is another number of names
   */
  public String only(Set<String> names, String expected) {
    if (names.size() != 1) {
      throw fault("has %s where only %s was expected".formatted(names, expected));
    }
    return names.iterator().next();
  }

  /**
   * Refuses inputs that nobody would feed.
   *
   * @param reason why others are not fed, as a clause after what the graph takes
   * @throws ModelException where there are others than the known ones
   */
  public void allowOnly(Collection<String> known, String reason) {
    List<String> others = inputs.keySet().stream().filter(name -> !known.contains(name)).toList();
    if (!others.isEmpty()) {
      throw fault("takes %s, %s; known are %s".formatted(others, reason, known));
    }
  }

  /** An error about this graph, with what to do about it. */
  public ModelException fault(String reason) {
    return new ModelException("%s %s%s".formatted(file, reason, remedy));
  }

  /** Runs the graph; whoever asks closes the result. */
  public OrtSession.Result run(Map<String, OnnxTensor> values) throws OrtException {
    return session.run(values);
  }

  /** Runs the graph into a tensor of the caller's, its only output. */
  public void run(Map<String, OnnxTensor> values, String output, OnnxTensor target)
      throws OrtException {
    session.run(values, Map.of(output, target)).close();
  }

  /**
   * Runs the graph for one output, as float32.
   *
   * @param expected the output's shape, in which -1 is any size
   * @throws ModelException where the output has another shape or type
   */
  public float[] run(Map<String, OnnxTensor> values, String output, long... expected)
      throws OrtException {
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
      float[] floats = new float[buffer.remaining()];
      buffer.get(floats);
      return floats;
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
