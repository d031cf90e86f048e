package dev.darkroom.recaption.llava;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.darkroom.models.onnx.Graph;
import java.nio.FloatBuffer;
import java.util.Map;

/** The vision tower and projector: pixels f32[B,3,H,W] to features [B,N,D]. */
final class VisionEncoder {
  private final Graph graph;
  private final String input;
  private final String output;

  VisionEncoder(Graph graph) {
    this.graph = graph;
    this.input = graph.only(graph.inputs().keySet(), "pixel_values");
    this.output = graph.outputs().keySet().iterator().next();
  }

  /**
   * Encodes images.
   *
   * @param pixels {@code batch x 3 x height x width}, direct
   */
  ImageFeatures encode(FloatBuffer pixels, int batch, int height, int width) throws OrtException {
    long[] shape = {batch, 3, height, width};
    try (OnnxTensor tensor = OnnxTensor.createTensor(Graph.environment(), pixels, shape);
        OrtSession.Result result = graph.run(Map.of(input, tensor))) {
      OnnxTensor features = (OnnxTensor) result.get(output).orElseThrow();
      long[] dimensions = features.getInfo().getShape();
      if (dimensions.length != 3 || dimensions[0] != batch) {
        throw graph.fault("does not give one row of features for each image");
      }
      return new ImageFeatures(features.getFloatBuffer(), (int) dimensions[1], (int) dimensions[2]);
    }
  }
}
