package dev.darkroom.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.darkroom.models.ModelException;
import dev.darkroom.models.onnx.Graph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From texts to embeddings, each text once as long as it is kept. Texts are encoded one by one, so
 * that an embedding does not depend on what else is asked for. May be used by several threads.
 */
final class TextEncoder implements AutoCloseable {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";

  private final Graph graph;
  private final PromptTokenizer tokenizer;
  private final Map<String, TextEmbedding> kept;

  /**
   * @param graph closed with this encoder
   * @param tokenizer closed with this encoder
   * @param capacity how many texts are kept
   * @throws ModelException where the graph takes other things than text
   */
  TextEncoder(Graph graph, PromptTokenizer tokenizer, int capacity) {
    graph.input(IDS);
    graph.allowOnly(List.of(IDS, MASK), "which no tokenizer gives");
    long declared = graph.input(IDS).getShape()[1];
    if (declared > 0 && declared != tokenizer.length()) {
      throw graph.fault(
          "takes %d tokens, and the tokenizer gives %d; set model_max_length in"
                  .formatted(declared, tokenizer.length())
              + " tokenizer_config.json to the graph's");
    }
    this.graph = graph;
    this.tokenizer = tokenizer;
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, TextEmbedding> eldest) {
            return size() > capacity;
          }
        };
  }

  /** The embedding of a text. */
  TextEmbedding encode(String text) throws OrtException {
    synchronized (kept) {
      TextEmbedding known = kept.get(text);
      if (known != null) {
        return known;
      }
    }
    TextEmbedding embedding = run(tokenizer.encode(text));
    synchronized (kept) {
      kept.put(text, embedding);
    }
    return embedding;
  }

  /** How many texts are kept. */
  int keptTexts() {
    synchronized (kept) {
      return kept.size();
    }
  }

  private TextEmbedding run(PromptTokens tokens) throws OrtException {
    int length = tokens.ids().length;
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      inputs.put(
          IDS, Tensors.wholes(graph.input(IDS).type, new long[][] {tokens.ids()}, 1, length));
      if (graph.has(MASK)) {
        inputs.put(
            MASK, Tensors.wholes(graph.input(MASK).type, new long[][] {tokens.mask()}, 1, length));
      }
      float[] states = graph.run(inputs, graph.output("last_hidden_state"), 1, length, -1);
      return new TextEmbedding(states, length, tokens);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() {
    graph.close();
    tokenizer.close();
  }
}
