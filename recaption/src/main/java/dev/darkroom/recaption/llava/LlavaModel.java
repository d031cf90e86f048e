package dev.darkroom.recaption.llava;

import ai.onnxruntime.OrtException;
import dev.darkroom.models.ModelException;
import dev.darkroom.models.onnx.Graph;
import dev.darkroom.recaption.image.RgbImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A loaded model: its graphs, tokenizer and image processor. May be used by several threads. */
final class LlavaModel implements AutoCloseable {
  private final LlavaConfig config;
  private final ImageProcessor images;
  private final PromptEncoder prompts;
  private final VisionEncoder vision;
  private final Generator generator;
  private final Deque<AutoCloseable> parts;

  private LlavaModel(
      LlavaConfig config,
      ImageProcessor images,
      PromptEncoder prompts,
      VisionEncoder vision,
      Generator generator,
      Deque<AutoCloseable> parts) {
    this.config = config;
    this.images = images;
    this.prompts = prompts;
    this.vision = vision;
    this.generator = generator;
    this.parts = parts;
  }

  /**
   * Loads a model.
   *
   * @throws ModelException where something is missing or not understood; nothing stays open then
   */
  static LlavaModel open(ModelFiles files, LlavaOptions options) {
    Path folder = files.folder();
    LlavaConfig config = LlavaConfig.read(folder);
    ImageProcessor images = ImageProcessor.read(folder);
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      PromptEncoder prompts = PromptEncoder.open(folder, config.imageToken());
      parts.push(prompts);
      Graph visionGraph = opened(files.visionEncoder(), options, parts);
      Graph embeddingGraph = opened(files.embedTokens(), options, parts);
      Graph decoderGraph = opened(files.decoder(), options, parts);
      Generator generator =
          new Generator(new TokenEmbedding(embeddingGraph), new Decoder(decoderGraph), config);
      return new LlavaModel(
          config, images, prompts, new VisionEncoder(visionGraph), generator, parts);
    } catch (RuntimeException e) {
      closeAll(parts);
      throw e;
    }
  }

  private static Graph opened(Path file, LlavaOptions options, Deque<AutoCloseable> parts) {
    Graph graph = Graph.open(file, options.ofGraphs());
    parts.push(graph);
    return graph;
  }

  LlavaConfig config() {
    return config;
  }

  PromptEncoder prompts() {
    return prompts;
  }

  /** What the vision tower takes of an image: 3 x height x width values. */
  float[] process(RgbImage image) {
    float[] values = new float[images.length()];
    images.process(image, FloatBuffer.wrap(values));
    return values;
  }

  /** The features of processed images, in their order. */
  ImageFeatures encode(List<float[]> batch) throws OrtException {
    FloatBuffer pixels = NativeBuffers.floats((long) batch.size() * images.length());
    batch.forEach(pixels::put);
    return vision.encode(pixels.flip(), batch.size(), images.height(), images.width());
  }

  /** Finishes rows. */
  void generate(List<Row> rows) throws OrtException {
    generator.generate(rows);
  }

  @Override
  public void close() {
    closeAll(parts);
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the model could not be closed", e);
      }
    }
  }
}
