package dev.darkroom.udfs.gpu;

import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * The GPUs that Spark gave to a task.
 *
 * @param addresses as the discovery script named them: indexes such as {@code 0}, or UUIDs; empty
 *     where the task has none
 */
public record GpuAssignment(List<String> addresses) {
  /** The name of the resource in Spark's settings. */
  public static final String RESOURCE = "gpu";

  private static final GpuAssignment NONE = new GpuAssignment(List.of());

  /** Takes a copy. */
  public GpuAssignment {
    addresses = List.copyOf(addresses);
  }

  /** No GPU. */
  public static GpuAssignment none() {
    return NONE;
  }

  /**
   * What the running task was given. On the driver, where no task runs (Spark evaluates SQL
   * functions of constants there), and in a task without GPUs, that is none.
   */
  public static GpuAssignment ofTask() {
    return Optional.ofNullable(TaskContext.get())
        .map(task -> task.resourcesJMap().get(RESOURCE))
        .map(GpuAssignment::of)
        .orElse(NONE);
  }

  private static GpuAssignment of(ResourceInformation gpus) {
    return new GpuAssignment(List.of(gpus.addresses()));
  }

  /** Whether there is a GPU. */
  public boolean isPresent() {
    return !addresses.isEmpty();
  }

  /** The addresses with commas between, as {@code CUDA_VISIBLE_DEVICES} wants them. */
  public String joined() {
    return String.join(",", addresses);
  }
}
