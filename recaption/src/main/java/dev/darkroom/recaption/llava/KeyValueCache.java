package dev.darkroom.recaption.llava;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.darkroom.models.onnx.Graph;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of all tokens so far, for every layer, in tensors [B, heads, past, width].
 *
 * <p>What the decoder gives out is what it takes in at the next step: the tensors stay in ONNX
 * Runtime's memory, and only their handles pass through Java. Rows that are done can be left out,
 * which copies the others once.
 */
final class KeyValueCache implements AutoCloseable {
  /** How the names of the inputs begin. */
  static final String PAST = "past_key_values.";

  private static final String PRESENT = "present.";

  private final Map<String, OnnxTensor> tensors;
  private List<AutoCloseable> owners;

  private KeyValueCache(Map<String, OnnxTensor> tensors, List<AutoCloseable> owners) {
    this.tensors = tensors;
    this.owners = owners;
  }

  /** A cache of no tokens, of the types and shapes that the decoder declares. */
  static KeyValueCache empty(Graph decoder, int batch) throws OrtException {
    KeyValueCache cache = new KeyValueCache(new LinkedHashMap<>(), new ArrayList<>());
    for (Map.Entry<String, TensorInfo> input : decoder.inputs().entrySet()) {
      if (!input.getKey().startsWith(PAST)) {
        continue;
      }
      long[] declared = input.getValue().getShape();
      if (declared.length != 4 || declared[1] < 1 || declared[3] < 1) {
        throw decoder.fault(input.getKey() + " does not say its heads and their width");
      }
      cache.put(
          input.getKey(),
          input.getValue().type,
          new long[] {batch, declared[1], 0, declared[3]},
          NativeBuffers.bytes(0));
    }
    return cache;
  }

  private void put(String name, OnnxJavaType type, long[] shape, ByteBuffer values)
      throws OrtException {
    OnnxTensor tensor = OnnxTensor.createTensor(Graph.environment(), values, shape, type);
    owners.add(tensor);
    tensors.put(name, tensor);
  }

  /** The decoder's inputs, by name. */
  Map<String, OnnxTensor> tensors() {
    return tensors;
  }

  /** Takes what the decoder gave out, and frees what it was given. */
  void advance(OrtSession.Result outputs) {
    List<AutoCloseable> previous = owners;
    owners = new ArrayList<>(List.of(outputs));
    tensors.replaceAll(
        (name, tensor) ->
            (OnnxTensor) outputs.get(PRESENT + name.substring(PAST.length())).orElseThrow());
    free(previous);
  }

  /**
   * Leaves rows out.
   *
   * @param rows those that stay, ascending
   */
  void keepRows(int[] rows) throws OrtException {
    List<AutoCloseable> previous = owners;
    owners = new ArrayList<>();
    for (Map.Entry<String, OnnxTensor> entry : List.copyOf(tensors.entrySet())) {
      TensorInfo info = entry.getValue().getInfo();
      long[] shape = info.getShape();
      ByteBuffer all = entry.getValue().getByteBuffer();
      int row = all.remaining() / Math.toIntExact(shape[0]);
      ByteBuffer kept = NativeBuffers.bytes((long) row * rows.length);
      for (int index : rows) {
        kept.put(all.slice(index * row, row));
      }
      shape[0] = rows.length;
      put(entry.getKey(), info.type, shape, kept.flip());
    }
    free(previous);
  }

  @Override
  public void close() {
    free(owners);
    owners = new ArrayList<>();
    tensors.clear();
  }

  private static void free(List<AutoCloseable> owners) {
    for (AutoCloseable owner : owners) {
      try {
        owner.close();
      } catch (Exception e) {
        throw new IllegalStateException("ONNX Runtime could not free a tensor", e);
      }
    }
  }
}
