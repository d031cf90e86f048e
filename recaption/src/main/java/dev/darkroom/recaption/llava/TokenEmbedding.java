package dev.darkroom.recaption.llava;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.darkroom.models.onnx.Graph;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/** The table of embeddings: token ids i64[B,S] to embeddings f32[B,S,D]. */
final class TokenEmbedding {
  private final Graph graph;
  private final String input;
  private final String output;

  TokenEmbedding(Graph graph) {
    this.graph = graph;
    this.input = graph.only(graph.inputs().keySet(), "input_ids");
    this.output = graph.only(graph.outputs().keySet(), "inputs_embeds");
  }

  /** Embeds tokens; the result holds one tensor, and whoever asks closes it. */
  OrtSession.Result embed(LongBuffer tokens, int batch, int length) throws OrtException {
    try (OnnxTensor ids = ids(tokens, batch, length)) {
      return graph.run(Map.of(input, ids));
    }
  }

  /** Embeds tokens into a direct buffer of {@code batch x length x width} floats. */
  void embed(LongBuffer tokens, int batch, int length, FloatBuffer target, int width)
      throws OrtException {
    long[] shape = {batch, length, width};
    try (OnnxTensor ids = ids(tokens, batch, length);
        OnnxTensor embedded = OnnxTensor.createTensor(Graph.environment(), target, shape)) {
      graph.run(Map.of(input, ids), output, embedded);
    }
  }

  private static OnnxTensor ids(LongBuffer tokens, int batch, int length) throws OrtException {
    return OnnxTensor.createTensor(Graph.environment(), tokens, new long[] {batch, length});
  }
}
