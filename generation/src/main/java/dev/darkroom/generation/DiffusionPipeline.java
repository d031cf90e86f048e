package dev.darkroom.generation;

import dev.darkroom.generation.scheduler.SamplerKind;
import dev.darkroom.generation.scheduler.Scheduler;
import dev.darkroom.generation.scheduler.SchedulerConfig;
import dev.darkroom.generation.scheduler.SchedulerException;
import dev.darkroom.models.ModelException;
import dev.darkroom.models.ModelIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Draws images from texts with a diffusion model in this JVM.
 *
 * <p>A model is a folder in the layout of diffusers' ONNX exports, as {@code
 * generation/training/export} writes it. What is drawn is what diffusers draws with the same seed,
 * but for rounding. An image depends on its request and the parameters only, not on the batch that
 * it is drawn in. Several threads may share a pipeline, and with it one copy of the weights.
 *
 * <pre>{@code
 * try (DiffusionPipeline pipeline = DiffusionPipeline.load(folder, PipelineOptions.DEFAULT)) {
 *   List<SampleOutcome> outcomes = pipeline.sample(requests, pipeline.defaults());
 * }
 * }</pre>
 */
public final class DiffusionPipeline implements AutoCloseable {
  private final PipelineParts parts;
  private final ModelIdentity identity;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private DiffusionPipeline(PipelineParts parts, ModelIdentity identity) {
    this.parts = parts;
    this.identity = identity;
  }

  /**
   * Loads a model, called by the name of its folder.
   *
   * @throws ModelException where files are missing, are not those that {@code SHA256SUMS} lists, or
   *     are not understood
   * @throws SchedulerException where the scheduler's configuration has keys or values that are not
   *     supported
   */
  public static DiffusionPipeline load(Path folder, PipelineOptions options) {
    return load(folder, folder.toAbsolutePath().normalize().getFileName().toString(), options);
  }

  /**
   * Loads a model.
   *
   * @param folder in the layout of diffusers' ONNX exports
   * @param id what people call it, for {@link #model()}
   * @param options how to run it
   * @throws ModelException where files are missing, are not those that {@code SHA256SUMS} lists, or
   *     are not understood
   * @throws SchedulerException where the scheduler's configuration has keys or values that are not
   *     supported
   */
  public static DiffusionPipeline load(Path folder, String id, PipelineOptions options) {
    ModelFolder files = ModelFolder.find(folder);
    ModelIdentity identity = new ModelIdentity(id, ModelHash.of(folder));
    return new DiffusionPipeline(PipelineParts.open(files, options), identity);
  }

  /** Which model draws. */
  public ModelIdentity model() {
    return identity;
  }

  /**
   * Steps, guidance and size that the model was made for, with its own sampler. {@code
   * num_inference_steps} and {@code guidance_scale} of {@code model_index.json} where they are
   * given; else those of diffusers' pipelines: 50 and 7.5 for Stable Diffusion, 20 and 4.5
   * otherwise.
   */
  public SamplingParameters defaults() {
    PipelineConfig config = parts.config();
    return new SamplingParameters(
        config.steps(),
        Math.max(1, config.guidance()),
        config.sampleWidth() * config.pixels(),
        config.sampleHeight() * config.pixels(),
        Optional.empty(),
        0,
        0);
  }

  /**
   * The model's own sampler; DPM-Solver++ over the model's noise schedule where its own is not
   * known here.
   */
  public SamplerKind sampler() {
    return parts.scheduler().kind().orElse(SamplerKind.DPM_SOLVER_MULTISTEP);
  }

  /**
   * Everything that keeps this model from drawing with some parameters, in words; empty where
   * nothing does.
   */
  public List<String> problems(SamplingParameters parameters) {
    List<String> problems = new ArrayList<>();
    int multiple = parts.config().multiple();
    if (parameters.width() % multiple != 0 || parameters.height() % multiple != 0) {
      problems.add(
          "the size is %d x %d, and this model draws multiples of %d pixels"
              .formatted(parameters.width(), parameters.height(), multiple));
    } else {
      problems.addAll(parts.denoiser().problems(shape(parameters)));
    }
    try {
      Scheduler scheduler = sampling(parameters).scheduler(parameters.steps());
      if (scheduler.learnsVariance() && !parts.config().givesVariance()) {
        problems.add(
            "the sampler reads a learned variance, and this model gives none; choose another"
                + " sampler");
      }
    } catch (SchedulerException e) {
      problems.add(e.getMessage());
    }
    return problems;
  }

  /**
   * Draws one image for each request, in their order, all in one batch.
   *
   * @see #sample(List, SamplingParameters, SamplingProgress)
   */
  public List<SampleOutcome> sample(List<SampleRequest> requests, SamplingParameters parameters) {
    return sample(requests, parameters, SamplingProgress.NONE);
  }

  /**
   * Draws one image for each request, in their order, all in one batch. What is wrong with one is
   * the outcome of that request alone; where the model fails on a batch, its requests are tried one
   * by one.
   *
   * @throws IllegalArgumentException where the model can't draw with these parameters: names all
   *     {@link #problems}
   * @throws IllegalStateException where the pipeline is closed
   */
  public List<SampleOutcome> sample(
      List<SampleRequest> requests, SamplingParameters parameters, SamplingProgress progress) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the pipeline is closed; load another one");
      }
      List<String> problems = problems(parameters);
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", problems));
      }
      return requests.isEmpty() ? List.of() : sampler(parameters).sample(requests, progress);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Draws with parameters that were checked. */
  BatchSampler sampler(SamplingParameters parameters) {
    return new BatchSampler(parts, sampling(parameters), shape(parameters), parameters);
  }

  private LatentShape shape(SamplingParameters parameters) {
    int pixels = parts.config().pixels();
    return new LatentShape(
        parts.config().channels(),
        parameters.height() / pixels,
        parameters.width() / pixels,
        pixels);
  }

  private SchedulerConfig sampling(SamplingParameters parameters) {
    SchedulerConfig config = parts.scheduler();
    if (parameters.sampler().isPresent()) {
      config = config.with(parameters.sampler().get());
    }
    if (parameters.eta() > 0) {
      config = config.withEta(parameters.eta());
    }
    return config;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        parts.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
