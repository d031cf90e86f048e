package dev.darkroom.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.darkroom.models.onnx.Graph;
import java.util.List;
import java.util.Map;

/**
 * From a latent to pixels around [-1, 1], 3 x height x width: the decoder of an autoencoder. Images
 * are decoded one by one: decoders need far more memory for each pixel than denoisers, and no image
 * depends on another then.
 */
final class LatentDecoder implements AutoCloseable {
  private static final String LATENT = "latent_sample";

  private final Graph graph;
  private final float scaling;
  private final float shift;

  /**
   * @param graph closed with this decoder
   * @param scaling what latents are divided by
   * @param shift what is added then
   */
  LatentDecoder(Graph graph, double scaling, double shift) {
    graph.input(LATENT);
    graph.allowOnly(List.of(LATENT), "which no latent gives");
    this.graph = graph;
    this.scaling = (float) scaling;
    this.shift = (float) shift;
  }

  float[] decode(float[] latent, LatentShape shape) throws OrtException {
    float[] scaled = new float[latent.length];
    for (int i = 0; i < latent.length; i++) {
      scaled[i] = latent[i] / scaling + shift;
    }
    try (OnnxTensor input =
        Tensors.floats(
            new float[][] {scaled}, 1, shape.channels(), shape.height(), shape.width())) {
      return graph.run(
          Map.of(LATENT, input),
          graph.output("sample"),
          1,
          3,
          shape.imageHeight(),
          shape.imageWidth());
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
