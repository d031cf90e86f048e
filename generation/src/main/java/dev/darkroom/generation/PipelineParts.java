package dev.darkroom.generation;

import dev.darkroom.generation.scheduler.SchedulerConfig;
import dev.darkroom.models.ModelException;
import dev.darkroom.models.onnx.Graph;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A loaded model. May be used by several threads.
 *
 * @param decoder none for models in pixel space
 */
record PipelineParts(
    PipelineConfig config,
    SchedulerConfig scheduler,
    TextEncoder text,
    Denoiser denoiser,
    Optional<LatentDecoder> decoder)
    implements AutoCloseable {

  /**
   * Loads a model.
   *
   * @throws ModelException where something is not understood; nothing stays open then
   */
  static PipelineParts open(ModelFolder folder, PipelineOptions options) {
    PipelineConfig config = PipelineConfig.read(folder);
    SchedulerConfig scheduler = SchedulerConfig.read(folder.schedulerConfig());
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      PromptTokenizer tokenizer = PromptTokenizer.open(folder.tokenizer(), config.lowerCase());
      opened.push(tokenizer);
      Graph textGraph = opened(folder.textGraph(), options, opened);
      TextEncoder text = new TextEncoder(textGraph, tokenizer, options.cachedPrompts());
      Graph denoiserGraph = opened(folder.denoiserGraph(), options, opened);
      Denoiser denoiser = new Denoiser(denoiserGraph, config.outputChannels());
      Optional<LatentDecoder> decoder =
          folder
              .decoderGraph()
              .map(file -> opened(file, options, opened))
              .map(graph -> new LatentDecoder(graph, config.scaling(), config.shift()));
      return new PipelineParts(config, scheduler, text, denoiser, decoder);
    } catch (RuntimeException e) {
      closeAll(opened);
      throw e;
    }
  }

  private static Graph opened(Path file, PipelineOptions options, Deque<AutoCloseable> opened) {
    Graph graph = Graph.open(file, options.ofGraphs());
    opened.push(graph);
    Tensors.requireWritableInputs(graph);
    return graph;
  }

  @Override
  public void close() {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    parts.push(text);
    parts.push(denoiser);
    decoder.ifPresent(parts::push);
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
