package dev.darkroom.recaption.llava;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.darkroom.models.onnx.Graph;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The language model: embeddings f32[B,S,D] and cache to scores [B,K,V] and the longer cache. Feeds
 * only what the graph declares.
 */
final class Decoder {
  private static final String EMBEDDINGS = "inputs_embeds";
  private static final String MASK = "attention_mask";
  private static final String POSITIONS = "position_ids";
  private static final String KEPT = "num_logits_to_keep";
  private static final String BRANCH = "use_cache_branch";
  private static final String SCORES = "logits";
  private static final Set<String> KNOWN = Set.of(EMBEDDINGS, MASK, POSITIONS, KEPT, BRANCH);

  private final Graph graph;
  private final int width;

  Decoder(Graph graph) {
    this.graph = graph;
    for (String input : graph.inputs().keySet()) {
      if (!KNOWN.contains(input) && !input.startsWith(KeyValueCache.PAST)) {
        throw graph.fault("wants an input '%s' that is not known here".formatted(input));
      }
    }
    TensorInfo embeddings = graph.inputs().get(EMBEDDINGS);
    if (embeddings == null || embeddings.type != OnnxJavaType.FLOAT) {
      throw graph.fault("does not take inputs_embeds of float32");
    }
    if (!graph.outputs().containsKey(SCORES)) {
      throw graph.fault("gives no logits");
    }
    long[] shape = embeddings.getShape();
    this.width = (int) shape[shape.length - 1];
    if (width < 1) {
      throw graph.fault("does not say how wide its inputs_embeds are");
    }
  }

  /** Floats of an embedding. */
  int width() {
    return width;
  }

  /** A cache for a batch of new prompts; whoever asks closes it. */
  KeyValueCache newCache(int batch) throws OrtException {
    return KeyValueCache.empty(graph, batch);
  }

  /** Reads the embeddings of whole prompts, {@code rows x length x width} floats, direct. */
  Scores prefill(FloatBuffer embeddings, AttentionWindow window, KeyValueCache cache)
      throws OrtException {
    long[] shape = {window.rows(), window.length(), width};
    try (OnnxTensor tensor = OnnxTensor.createTensor(Graph.environment(), embeddings, shape)) {
      return run(tensor, window.length(), false, window, cache);
    }
  }

  /** Reads one more token of each row: an embedding [rows, 1, width]. */
  Scores step(OnnxTensor embedding, AttentionWindow window, KeyValueCache cache)
      throws OrtException {
    return run(embedding, 1, true, window, cache);
  }

  private Scores run(
      OnnxTensor embeddings,
      int length,
      boolean continued,
      AttentionWindow window,
      KeyValueCache cache)
      throws OrtException {
    Map<String, OnnxTensor> values = new LinkedHashMap<>(cache.tensors());
    values.put(EMBEDDINGS, embeddings);
    List<OnnxTensor> owned = new ArrayList<>();
    try {
      add(MASK, window.mask(), new long[] {window.rows(), window.length()}, values, owned);
      add(POSITIONS, window.positions(length), new long[] {window.rows(), length}, values, owned);
      add(KEPT, NativeBuffers.longs(1).put(0, 1), declaredShape(KEPT), values, owned);
      if (graph.inputs().containsKey(BRANCH)) {
        ByteBuffer branch = NativeBuffers.bytes(1).put(0, (byte) (continued ? 1 : 0));
        OnnxTensor tensor =
            OnnxTensor.createTensor(Graph.environment(), branch, new long[] {1}, OnnxJavaType.BOOL);
        owned.add(tensor);
        values.put(BRANCH, tensor);
      }
      OrtSession.Result result = graph.run(values);
      cache.advance(result);
      return scores((OnnxTensor) result.get(SCORES).orElseThrow());
    } finally {
      owned.forEach(OnnxTensor::close);
    }
  }

  private void add(
      String name,
      LongBuffer buffer,
      long[] shape,
      Map<String, OnnxTensor> values,
      List<OnnxTensor> owned)
      throws OrtException {
    if (graph.inputs().containsKey(name)) {
      OnnxTensor tensor = OnnxTensor.createTensor(Graph.environment(), buffer, shape);
      owned.add(tensor);
      values.put(name, tensor);
    }
  }

  private long[] declaredShape(String name) {
    TensorInfo info = graph.inputs().get(name);
    return info == null || info.getShape().length == 0 ? new long[0] : new long[] {1};
  }

  private static Scores scores(OnnxTensor tensor) {
    long[] shape = tensor.getInfo().getShape();
    return new Scores(tensor.getFloatBuffer(), (int) shape[1], (int) shape[2]);
  }
}
