package dev.darkroom.jobs.recaption;

import dev.darkroom.jobs.UserException;
import dev.darkroom.models.ModelException;
import dev.darkroom.models.ModelIdentity;
import dev.darkroom.recaption.endpoint.EndpointException;
import dev.darkroom.udfs.caption.CaptionerLease;
import dev.darkroom.udfs.caption.CaptionerSource;
import dev.darkroom.udfs.gpu.GpuAssignment;
import dev.darkroom.udfs.gpu.GpuDemand;
import dev.darkroom.udfs.gpu.GpuUnavailableException;
import dev.darkroom.udfs.model.ModelUnavailableException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Tries the captioner in one task, as the job's tasks will: what can't work at all is refused
 * before anything is read, and the model's hash becomes known.
 */
public final class Preflight {
  private Preflight() {}

  /** What the task found. */
  private record Found(String id, String hash, String refusal) implements Serializable {}

  /**
   * The model that answers.
   *
   * @throws UserException where or no captioner can be had
   */
  public static ModelIdentity check(
      JavaSparkContext context,
      Broadcast<SerializableConfiguration> hadoop,
      CaptionerSource source,
      GpuDemand gpus) {
    JavaRDD<Integer> one = context.parallelize(List.of(1), 1);
    Found found = gpus.apply(one).map(ignored -> open(source, hadoop)).first();
    if (!found.refusal().isEmpty()) {
      throw new UserException(found.refusal());
    }
    return new ModelIdentity(found.id(), found.hash());
  }

  private static Found open(CaptionerSource source, Broadcast<SerializableConfiguration> hadoop) {
    try (CaptionerLease lease = source.open(GpuAssignment.ofTask(), hadoop.value().value())) {
      ModelIdentity model = lease.captioner().model();
      return new Found(model.id(), model.hash(), "");
    } catch (ModelUnavailableException
        | GpuUnavailableException
        | ModelException
        | EndpointException e) {
      return new Found("", "", e.getMessage());
    }
  }
}
