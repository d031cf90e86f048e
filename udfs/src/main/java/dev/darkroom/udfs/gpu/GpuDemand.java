package dev.darkroom.udfs.gpu;

import java.math.BigDecimal;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * How many GPUs each task of a stage is to have.
 *
 * <p>The executors' GPUs are the cluster's affair and settled when the session starts ({@code
 * spark.executor.resource.gpu.amount} and its discovery script). This asks, for the stages that run
 * a model and for no others, that each task gets its share of them: a resource profile of task
 * requests alone, which needs no dynamic allocation. It holds up to the next shuffle.
 *
 * @param perTask 0 for no GPU, a whole number of GPUs, or a fraction below 1 where several tasks
 *     are to share one
 */
public record GpuDemand(double perTask) {
  private static final String EXECUTOR_AMOUNT = "spark.executor.resource.gpu.amount";

  /** Refuses amounts that Spark can't schedule. */
  public GpuDemand {
    if (!isValid(perTask)) {
      throw new IllegalArgumentException(
          "GPUs to a task must be 0, a fraction below 1 or a whole number, not " + perTask);
    }
  }

  /** Whether Spark can schedule this many GPUs to a task. */
  public static boolean isValid(double perTask) {
    return perTask >= 0 && perTask <= 1024 && (perTask <= 1 || perTask == Math.rint(perTask));
  }

  /** Asks for nothing. */
  public static GpuDemand none() {
    return new GpuDemand(0);
  }

  /**
   * Checks that a session can give what is asked for: without this check Spark would wait for ever.
   *
   * @param conf the session's settings, its master among them
   * @throws GpuUnavailableException where it can't
   */
  public void check(SparkConf conf) {
    if (perTask == 0) {
      return;
    }
    String master = conf.get("spark.master", "local");
    if (master.equals("local") || master.startsWith("local[")) {
      throw new GpuUnavailableException(
          ("%s GPUs to a task can't be had with master '%s': Spark schedules no GPUs in local mode,"
                  + " and the job would wait for ever; leave GPUs to a task at 0, or submit to a"
                  + " cluster whose executors have %s set")
              .formatted(amount(), master, EXECUTOR_AMOUNT));
    }
    double executor = conf.getDouble(EXECUTOR_AMOUNT, 0);
    if (executor == 0) {
      throw new GpuUnavailableException(
          ("%s GPUs to a task can't be had: the session's executors have none; start it with --conf"
                  + " %s=<GPUs of an executor> and --conf"
                  + " spark.executor.resource.gpu.discoveryScript=<path of bin/discover-gpus>")
              .formatted(amount(), EXECUTOR_AMOUNT));
    }
    if (perTask > executor) {
      throw new GpuUnavailableException(
          "%s GPUs to a task can't be had: an executor has %s; lower one or raise %s"
              .formatted(amount(), plain(executor), EXECUTOR_AMOUNT));
    }
  }

  /**
   * The same data, whose tasks have the GPUs.
   *
   * @throws GpuUnavailableException where the session can't give them
   */
  public <T> JavaRDD<T> apply(JavaRDD<T> rdd) {
    check(rdd.context().conf());
    return perTask == 0 ? rdd : rdd.withResources(profile());
  }

  private ResourceProfile profile() {
    return new ResourceProfileBuilder()
        .require(new TaskResourceRequests().cpus(1).resource(GpuAssignment.RESOURCE, perTask))
        .build();
  }

  private String amount() {
    return plain(perTask);
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
