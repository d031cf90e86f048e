package dev.darkroom.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.darkroom.models.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphTest {
  private static final GraphOptions OPTIONS = new GraphOptions(1, OptionalInt.empty(), true, "");
  private static final float[][] MATRIX = {{1, -2}, {3, 0.5f}, {0, 7}};

  @TempDir private Path folder;
  private Path one;
  private Path two;

  @BeforeEach
  void writeGraphs() throws IOException {
    OnnxFile.Operation negation = new OnnxFile.Operation("Neg", "x", "minus", OnnxFile.FLOAT);
    one = OnnxFile.write(folder.resolve("one.onnx"), List.of(negation));
    two =
        OnnxFile.write(
            folder.resolve("two.onnx"),
            List.of(negation, new OnnxFile.Operation("Abs", "n", "size", OnnxFile.INT64)));
  }

  private static void refused(Runnable question, String message) {
    assertThatExceptionOfType(ModelException.class).isThrownBy(question::run).withMessage(message);
  }

  @Test
  void whatAGraphDeclaresIsTold() {
    try (Graph graph = Graph.open(two, OPTIONS)) {
      assertThat(graph.inputs()).containsOnlyKeys("x", "n");
      assertThat(graph.outputs()).containsOnlyKeys("minus", "size");
      assertThat(graph.has("n")).isTrue();
      assertThat(graph.has("size")).isFalse();
      assertThat(graph.input("n").type).isEqualTo(OnnxJavaType.INT64);
      assertThat(graph.input("x").getShape()).containsExactly(-1, 2);
      assertThat(graph.output("size")).isEqualTo("size");
      assertThat(graph.output("absent")).isEqualTo("minus");
      graph.allowOnly(List.of("x", "n", "more"), "which nobody gives");
    }
    try (Graph graph = Graph.open(one, OPTIONS)) {
      assertThat(graph.only(graph.inputs().keySet(), "input_ids")).isEqualTo("x");
    }
  }

  @Test
  void faultsNameTheFileAndEndWithTheRemedy() {
    try (Graph graph = Graph.open(two, OPTIONS)) {
      refused(() -> graph.input("y"), two + " has no input y; it has [x, n]");
      refused(
          () -> graph.allowOnly(List.of("x"), "which nobody gives"),
          two + " takes [n], which nobody gives; known are [x]");
    }
    GraphOptions advised = new GraphOptions(0, OptionalInt.empty(), false, "; export it again");
    try (Graph graph = Graph.open(two, advised)) {
      assertThat(graph.fault("is odd")).hasMessage(two + " is odd; export it again");
      refused(
          () -> graph.only(graph.outputs().keySet(), "embeddings"),
          two + " has [minus, size] where only embeddings was expected; export it again");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void graphsRunIntoResultsArraysAndBuffers(boolean memoryPatterns) throws OrtException {
    GraphOptions options = new GraphOptions(0, OptionalInt.empty(), memoryPatterns, "");
    float[] negated = {-1, 2, -3, -0.5f, -0f, -7};
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(6 * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    try (Graph graph = Graph.open(one, options);
        OnnxTensor matrix = OnnxTensor.createTensor(Graph.environment(), MATRIX);
        OnnxTensor target =
            OnnxTensor.createTensor(Graph.environment(), buffer, new long[] {3, 2})) {
      Map<String, OnnxTensor> values = Map.of("x", matrix);
      assertThat(graph.run(values, "minus", 3, 2)).containsExactly(negated);
      assertThat(graph.run(values, "minus", -1, 2)).containsExactly(negated);
      try (OrtSession.Result result = graph.run(values)) {
        OnnxTensor output = (OnnxTensor) result.get("minus").orElseThrow();
        assertThat(output.getFloatBuffer()).isEqualTo(FloatBuffer.wrap(negated));
      }
      graph.run(values, "minus", target);
      assertThat(buffer).isEqualTo(FloatBuffer.wrap(negated));
    }
  }

  @Test
  void outputsOfOtherShapesAndTypesAreRefused() throws OrtException {
    try (Graph graph = Graph.open(two, OPTIONS);
        OnnxTensor matrix = OnnxTensor.createTensor(Graph.environment(), MATRIX);
        OnnxTensor numbers = OnnxTensor.createTensor(Graph.environment(), new long[][] {{1, -2}})) {
      Map<String, OnnxTensor> values = Map.of("x", matrix, "n", numbers);
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> graph.run(values, "minus", 3, 3))
          .withMessage(two + " gives minus of shape [3, 2] where [3, 3] was expected (-1: any)");
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> graph.run(values, "minus", 6))
          .withMessageContaining("of shape [3, 2] where [6] was expected");
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> graph.run(values, "size", 1, 2))
          .withMessage(two + " gives size in another type than float32");
    }
  }

  @Test
  void whatOnnxRuntimeCannotLoadIsRefused() throws IOException {
    Path broken = Files.write(folder.resolve("broken.onnx"), new byte[] {1, 2, 3});
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Graph.open(broken, OPTIONS))
        .withMessageStartingWith("ONNX Runtime can't load " + broken)
        .withMessageEndingWith("; export or fetch the model again");
    GraphOptions absentGpu = new GraphOptions(1, OptionalInt.of(4096), true, "");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Graph.open(one, absentGpu))
        .withMessageStartingWith("ONNX Runtime can't load " + one)
        .withMessageEndingWith(
            "; a GPU needs ONNX Runtime's GPU build on the class path, and CUDA");
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GraphOptions(-1, OptionalInt.empty(), true, ""))
        .withMessageContaining("at least 0: -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GraphOptions(0, OptionalInt.of(-1), true, ""));
  }
}
