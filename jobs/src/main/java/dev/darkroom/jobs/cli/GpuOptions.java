package dev.darkroom.jobs.cli;

import dev.darkroom.udfs.gpu.GpuDemand;
import java.util.List;
import picocli.CommandLine.Option;

/** What a task that runs a model gets of the GPUs. */
final class GpuOptions {
  @Option(
      names = "--gpus-per-task",
      paramLabel = "<gpus>",
      description =
          "GPUs that Spark gives each task that runs a model: a whole number, or a fraction for"
              + " tasks that share one. Default: 0.")
  private double perTask;

  List<String> problems() {
    return GpuDemand.isValid(perTask)
        ? List.of()
        : List.of(
            "--gpus-per-task must be 0, a fraction below 1 or a whole number, not " + perTask);
  }

  GpuDemand demand() {
    return new GpuDemand(perTask);
  }
}
