package dev.darkroom.recaption.llava;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.darkroom.models.ModelException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lets a batch of rows grow token by token until all are finished.
 *
 * <p>Prompts are padded on the left, so that all rows end together. Rows that are finished leave
 * the batch once they are a quarter of it: fewer rows are less work, and leaving costs a copy of
 * the cache.
 */
final class Generator {
  private static final int LEAVING_SHARE = 4;

  private final TokenEmbedding embedding;
  private final Decoder decoder;
  private final LlavaConfig config;

  Generator(TokenEmbedding embedding, Decoder decoder, LlavaConfig config) {
    this.embedding = embedding;
    this.decoder = decoder;
    this.config = config;
  }

  /** Finishes the rows. */
  void generate(List<Row> rows) throws OrtException {
    AttentionWindow window = window(rows);
    List<Row> batch = rows;
    try (KeyValueCache cache = decoder.newCache(rows.size())) {
      choose(batch, decoder.prefill(embedPrompts(rows, window), window, cache));
      while (true) {
        int[] unfinished = unfinished(batch);
        if (unfinished.length == 0) {
          return;
        }
        if ((batch.size() - unfinished.length) * LEAVING_SHARE >= batch.size()) {
          cache.keepRows(unfinished);
          window.keepRows(unfinished);
          batch = IntStream.of(unfinished).mapToObj(batch::get).toList();
        }
        window.grow();
        choose(batch, step(batch, window, cache));
      }
    }
  }

  private static AttentionWindow window(List<Row> rows) {
    int length = rows.stream().mapToInt(row -> row.prompt().length).max().orElseThrow();
    return new AttentionWindow(
        rows.stream().mapToInt(row -> length - row.prompt().length).toArray(), length);
  }

  private static int[] unfinished(List<Row> batch) {
    return IntStream.range(0, batch.size()).filter(i -> !batch.get(i).isFinished()).toArray();
  }

  private void choose(List<Row> batch, Scores scores) {
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.get(i).isFinished()) {
        batch.get(i).add(scores.next(i), config.endTokens());
      }
    }
  }

  private Scores step(List<Row> batch, AttentionWindow window, KeyValueCache cache)
      throws OrtException {
    LongBuffer tokens = NativeBuffers.longs(batch.size());
    for (Row row : batch) {
      tokens.put(row.isFinished() ? config.padToken() : row.lastToken());
    }
    try (OrtSession.Result embedded = embedding.embed(tokens.flip(), batch.size(), 1)) {
      return decoder.step((OnnxTensor) embedded.get(0), window, cache);
    }
  }

  private FloatBuffer embedPrompts(List<Row> rows, AttentionWindow window) throws OrtException {
    int length = window.length();
    LongBuffer tokens = NativeBuffers.longs((long) rows.size() * length);
    for (int i = 0; i < rows.size(); i++) {
      for (int blank = 0; blank < window.padding(i); blank++) {
        tokens.put(config.padToken());
      }
      for (int token : rows.get(i).prompt()) {
        tokens.put(token);
      }
    }
    int width = decoder.width();
    FloatBuffer embedded = NativeBuffers.floats((long) rows.size() * length * width);
    embedding.embed(tokens.flip(), rows.size(), length, embedded, width);
    for (int i = 0; i < rows.size(); i++) {
      int start = i * length + window.padding(i);
      putFeatures(rows.get(i), embedded, start, width);
    }
    return embedded;
  }

  /** Puts an image's features, in order, in place of its image tokens' embeddings. */
  private void putFeatures(Row row, FloatBuffer embedded, int start, int width) {
    FloatBuffer features = row.features();
    if (features.capacity() % width != 0) {
      throw new ModelException(
          "image features and embeddings differ in width; vision encoder and decoder are of"
              + " different models");
    }
    int[] prompt = row.prompt();
    int feature = 0;
    for (int i = 0; i < prompt.length; i++) {
      if (prompt[i] == config.imageToken()) {
        embedded.put((start + i) * width, features, feature * width, width);
        feature++;
      }
    }
  }
}
