package dev.darkroom.udfs.caption;

import dev.darkroom.recaption.Captioner;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.image.ImageLimits;
import dev.darkroom.recaption.llava.LlavaCaptioner;
import dev.darkroom.recaption.llava.LlavaOptions;
import dev.darkroom.udfs.gpu.CudaDevice;
import dev.darkroom.udfs.gpu.GpuAssignment;
import dev.darkroom.udfs.model.BundledModel;
import dev.darkroom.udfs.model.ModelStore;
import dev.darkroom.udfs.model.ModelUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;

/**
 * A model that runs in the executors: fetched once to each machine, loaded once in each executor
 * and on each GPU that its tasks are given.
 *
 * <p>It runs on the task's GPU where ONNX Runtime's GPU build is on the class path, and otherwise
 * on as many cores as the task has ({@code spark.task.cpus}).
 *
 * @param uri the model's folder, on any Hadoop file system
 * @param sha256 the hash that {@link Captioner#model()} must tell, or empty where any will do
 * @param variant the precision, such as {@code int8}, or empty for the first that is there
 * @param batchSize images to a batch, 1 or more
 * @param maxBytes the most bytes of an image
 * @param maxPixels the most pixels of an image
 */
public record ModelSource(
    String uri, String sha256, String variant, int batchSize, long maxBytes, long maxPixels)
    implements CaptionerSource {
  /** The model that comes with the program. */
  public static final String INSTALLED = BundledModel.INSTALLED;

  private static final int BATCH_SIZE = 8;

  /** A model in its first precision, in batches of 8. */
  public static ModelSource of(String uri) {
    return new ModelSource(
        uri, "", "", BATCH_SIZE, ImageLimits.DEFAULT.maxBytes(), ImageLimits.DEFAULT.maxPixels());
  }

  @Override
  public CaptionerLease open(GpuAssignment gpus, Configuration hadoop) {
    OptionalInt cuda = CudaDevice.of(gpus);
    String device = cuda.isPresent() ? "cuda" : "cpu";
    CaptionerLease lease =
        CaptionerPool.lease(
            this + " on " + device + " " + gpus.joined(), device, () -> load(hadoop, cuda));
    String actual = lease.captioner().model().hash();
    if (!sha256.isEmpty() && !sha256.equals(actual)) {
      lease.close();
      throw new ModelUnavailableException(
          "model '%s' has SHA-256 %s, and %s was asked for; name the right model, or its hash"
              .formatted(uri, actual, sha256));
    }
    return lease;
  }

  private Captioner load(Configuration hadoop, OptionalInt cuda) {
    ModelStore store = ModelStore.ofUser(hadoop);
    if (uri.equals(INSTALLED)) {
      BundledModel bundled = BundledModel.of(LlavaCaptioner.class, "tiny");
      return LlavaCaptioner.open(store.install(bundled), bundled.id(), options(cuda));
    }
    return LlavaCaptioner.open(store.fetch(uri, Optional.empty()), uri, options(cuda));
  }

  private LlavaOptions options(OptionalInt cuda) {
    int threads = Optional.ofNullable(TaskContext.get()).map(TaskContext::cpus).orElse(0);
    return new LlavaOptions(
        batchSize,
        threads,
        Optional.of(variant).filter(name -> !name.isEmpty()),
        cuda,
        new ImageLimits(maxBytes, maxPixels));
  }

  @Override
  public List<String> problems(DecodingParameters parameters) {
    return List.of();
  }
}
