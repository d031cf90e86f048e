package dev.darkroom.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.darkroom.models.ModelException;
import dev.darkroom.models.onnx.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph that is asked at every step: a transformer or a U-Net, told apart by its inputs.
 *
 * <ul>
 *   <li>{@code hidden_states} or {@code sample}: latents {@code [B, C, h, w]}
 *   <li>{@code timestep}: one for all, or one for each row; whole numbers or floats
 *   <li>{@code encoder_hidden_states}: texts {@code [B, L, D]}
 *   <li>{@code encoder_attention_mask [B, L]}, {@code resolution [B, 2]} (height and width in
 *       pixels) and {@code aspect_ratio [B, 1]} (height over width), where the graph has them
 * </ul>
 */
final class Denoiser implements AutoCloseable {
  /**
   * ONNX Runtime multiplies a single row by another kernel than several, which sums in another
   * order. An image alone is therefore asked about twice, so that it is the same as among others.
   */
  private static final int LEAST_BATCH = 2;

  private static final String TIMESTEP = "timestep";
  private static final String TEXT = "encoder_hidden_states";
  private static final String MASK = "encoder_attention_mask";
  private static final String RESOLUTION = "resolution";
  private static final String ASPECT_RATIO = "aspect_ratio";

  private final Graph graph;
  private final String latent;
  private final String output;
  private final int outputChannels;

  /**
   * @param graph closed with this denoiser
   * @param outputChannels of what it gives
   * @throws ModelException where the graph takes other things than those above
   */
  Denoiser(Graph graph, int outputChannels) {
    this.graph = graph;
    this.latent = graph.has("hidden_states") ? "hidden_states" : "sample";
    this.output = graph.output("out_sample");
    this.outputChannels = outputChannels;
    if (!graph.has(TEXT)) {
      throw graph.fault(
          "has no input %s, so that no text reaches it; a text-to-image model is needed"
              .formatted(TEXT));
    }
    graph.allowOnly(
        List.of(latent, TIMESTEP, TEXT, MASK, RESOLUTION, ASPECT_RATIO),
        "as models beyond PixArt-alpha and Stable Diffusion 1 and 2 do");
    graph.input(TIMESTEP);
    if (graph.input(latent).getShape().length != 4 || graph.input(latent).getShape()[0] > 0) {
      throw graph.fault(
          "takes %s of shape %s; export it with a batch of any size, channels, height and width"
              .formatted(latent, Arrays.toString(graph.input(latent).getShape())));
    }
  }

  /** What keeps the graph from a size, in words; empty where it can do it. */
  List<String> problems(LatentShape shape) {
    long[] declared = graph.input(latent).getShape();
    List<String> problems = new ArrayList<>();
    boolean fits =
        (declared[2] <= 0 || declared[2] == shape.height())
            && (declared[3] <= 0 || declared[3] == shape.width());
    if (!fits) {
      problems.add(
          "the size is %d x %d, and this model draws %d x %d only"
              .formatted(
                  shape.imageWidth(),
                  shape.imageHeight(),
                  (declared[3] > 0 ? declared[3] : shape.width()) * shape.pixels(),
                  (declared[2] > 0 ? declared[2] : shape.height()) * shape.pixels()));
    }
    return problems;
  }

  /**
   * Prepares rows, which the caller closes.
   *
   * @param texts one for each row
   */
  Conditions conditions(List<TextEmbedding> asked, LatentShape shape) throws OrtException {
    List<TextEmbedding> texts = new ArrayList<>(asked);
    while (texts.size() < LEAST_BATCH) {
      texts.add(asked.get(0));
    }
    int batch = texts.size();
    int length = texts.get(0).length();
    Conditions conditions = new Conditions(new HashMap<>(), asked.size());
    Map<String, OnnxTensor> inputs = conditions.inputs();
    try {
      float[][] states = texts.stream().map(TextEmbedding::states).toArray(float[][]::new);
      inputs.put(TEXT, Tensors.floats(states, batch, length, texts.get(0).width()));
      if (graph.has(MASK)) {
        long[][] masks = texts.stream().map(text -> text.tokens().mask()).toArray(long[][]::new);
        inputs.put(MASK, Tensors.wholes(graph.input(MASK).type, masks, batch, length));
      }
      double height = shape.imageHeight();
      double width = shape.imageWidth();
      condition(inputs, RESOLUTION, batch, height, width);
      condition(inputs, ASPECT_RATIO, batch, height / width);
      return conditions;
    } catch (OrtException | RuntimeException e) {
      conditions.close();
      throw e;
    }
  }

  /**
   * Asks the model about latents.
   *
   * @param latents of {@code shape}, one for each row of the conditions
   * @return for each latent what the model says, {@code outputChannels x h x w}
   */
  float[][] run(float[][] latents, Conditions conditions, double timestep, LatentShape shape)
      throws OrtException {
    int batch = Math.max(LEAST_BATCH, conditions.batch());
    float[][] filled = Arrays.copyOf(latents, batch);
    Arrays.fill(filled, latents.length, batch, latents[0]);
    try (OnnxTensor samples =
            Tensors.floats(filled, batch, shape.channels(), shape.height(), shape.width());
        OnnxTensor times = timesteps(batch, timestep)) {
      Map<String, OnnxTensor> inputs = new HashMap<>(conditions.inputs());
      inputs.put(latent, samples);
      inputs.put(TIMESTEP, times);
      float[] outputs =
          graph.run(inputs, output, batch, outputChannels, shape.height(), shape.width());
      return Arrays.copyOf(rows(outputs, batch), latents.length);
    }
  }

  private OnnxTensor timesteps(int batch, double timestep) throws OrtException {
    TensorInfo info = graph.input(TIMESTEP);
    if (info.getShape().length == 0) {
      return Tensors.numbers(info.type, new double[][] {{timestep}});
    }
    double[] repeated = new double[info.getShape()[0] == 1 ? 1 : batch];
    Arrays.fill(repeated, timestep);
    return Tensors.numbers(info.type, new double[][] {repeated}, repeated.length);
  }

  private void condition(Map<String, OnnxTensor> inputs, String name, int batch, double... values)
      throws OrtException {
    if (graph.has(name)) {
      double[][] rows = new double[batch][];
      Arrays.fill(rows, values);
      inputs.put(name, Tensors.numbers(graph.input(name).type, rows, batch, values.length));
    }
  }

  private static float[][] rows(float[] values, int batch) {
    int size = values.length / batch;
    float[][] rows = new float[batch][];
    for (int row = 0; row < batch; row++) {
      rows[row] = Arrays.copyOfRange(values, row * size, (row + 1) * size);
    }
    return rows;
  }

  @Override
  public void close() {
    graph.close();
  }
}
