package dev.darkroom.jobs;

import dev.darkroom.udfs.gpu.GpuDemand;
import dev.darkroom.udfs.gpu.GpuUnavailableException;
import org.apache.spark.SparkConf;

/** Whether a session can give a job's tasks the GPUs that they are to have. */
public final class GpuCheck {
  private GpuCheck() {}

  /**
   * Checks, before anything is read: later Spark would wait for ever.
   *
   * @throws UserException where it can't
   */
  public static void require(GpuDemand gpus, SparkConf conf) {
    try {
      gpus.check(conf);
    } catch (GpuUnavailableException e) {
      throw new UserException(e.getMessage(), e);
    }
  }
}
