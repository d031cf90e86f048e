package dev.darkroom.udfs.generate;

import dev.darkroom.generation.DiffusionPipeline;
import dev.darkroom.generation.PipelineOptions;
import dev.darkroom.udfs.gpu.CudaDevice;
import dev.darkroom.udfs.gpu.GpuAssignment;
import dev.darkroom.udfs.model.BundledModel;
import dev.darkroom.udfs.model.ModelCache;
import dev.darkroom.udfs.model.ModelStore;
import dev.darkroom.udfs.model.ModelUnavailableException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;

/**
 * A diffusion pipeline that runs in the executors: fetched once to each machine, loaded once in
 * each executor and on each GPU that its tasks are given.
 *
 * @param uri the model's folder, on any Hadoop file system, or {@link #INSTALLED}
 * @param sha256 the hash that the model must have, or empty where any will do
 * @param batchSize images to a batch, 1 or more
 */
public record PipelineSource(String uri, String sha256, int batchSize) implements Serializable {
  /** The model that comes with the program. */
  public static final String INSTALLED = BundledModel.INSTALLED;

  /** Longer than the pause between two chunks of a job, shorter than people wait for a GPU. */
  private static final Duration IDLE = Duration.ofMinutes(5);

  private static final ModelCache<DiffusionPipeline> PIPELINES = new ModelCache<>(IDLE);

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(PIPELINES::close, "pipelines-close"));
  }

  /**
   * A lease on the pipeline of this JVM and these GPUs, loaded now if it is not there.
   *
   * @param gpus what the task was given
   * @param hadoop which file systems there are
   * @throws ModelUnavailableException where the model can't be had, or is another one
   * @throws dev.darkroom.models.ModelException where it can't be loaded
   */
  public PipelineLease open(GpuAssignment gpus, Configuration hadoop) {
    return open(
        gpus, hadoop, Optional.ofNullable(TaskContext.get()).map(TaskContext::cpus).orElse(0));
  }

  /**
   * The same with so many threads to an operation; 0 for all cores.
   *
   * @throws ModelUnavailableException where the model can't be had, or is another one
   * @throws dev.darkroom.models.ModelException where it can't be loaded
   */
  public PipelineLease open(GpuAssignment gpus, Configuration hadoop, int threads) {
    OptionalInt cuda = CudaDevice.of(gpus);
    String device = cuda.isPresent() ? "cuda" : "cpu";
    PipelineLease lease =
        new PipelineLease(
            PIPELINES.lease(
                "%s on %s %s, %d threads".formatted(this, device, gpus.joined(), threads),
                () -> load(hadoop, cuda, threads)),
            device);
    String actual = lease.pipeline().model().hash();
    if (!sha256.isEmpty() && !sha256.equals(actual)) {
      lease.close();
      throw new ModelUnavailableException(
          "model '%s' has SHA-256 %s, and %s was asked for; name the right model, or its hash"
              .formatted(uri, actual, sha256));
    }
    return lease;
  }

  private DiffusionPipeline load(Configuration hadoop, OptionalInt cuda, int threads) {
    ModelStore store = ModelStore.ofUser(hadoop);
    PipelineOptions options =
        new PipelineOptions(threads, cuda, PipelineOptions.DEFAULT.cachedPrompts());
    if (uri.equals(INSTALLED)) {
      BundledModel bundled = BundledModel.of(DiffusionPipeline.class, "tiny");
      return DiffusionPipeline.load(store.install(bundled), bundled.id(), options);
    }
    return DiffusionPipeline.load(store.fetch(uri, Optional.empty()), uri, options);
  }
}
