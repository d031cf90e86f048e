package dev.darkroom.udfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The one session of all tests: a cluster of two executors on this machine, each a JVM of its own
 * with two cores and two pretended GPUs.
 */
public final class TestCluster {
  private static final SparkSession SESSION = start();

  private TestCluster() {}

  /** The session. */
  public static SparkSession session() {
    return SESSION;
  }

  private static SparkSession start() {
    Path target = Path.of("target").toAbsolutePath();
    Path script = Path.of("src", "test", "resources", "pretend-gpus").toAbsolutePath();
    try {
      Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
      Path gpus = Files.createTempDirectory(target, "gpus");
      Path discovery =
          Files.writeString(
              gpus.resolve("discover"),
              "#!/bin/sh\nPRETEND_GPUS='%s' exec '%s'\n".formatted(gpus, script));
      if (!discovery.toFile().setExecutable(true)) {
        throw new IOException("can't make " + discovery + " executable");
      }
      return SparkSession.builder()
          .master("local-cluster[2,2,1024]")
          .appName("tests")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.sql.warehouse.dir", target.resolve("warehouse").toUri().toString())
          .config("spark.sql.extensions", DarkroomExtensions.class.getName())
          .config(
              "spark.executor.extraClassPath",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
          .config("spark.worker.resource.gpu.amount", "2")
          .config("spark.worker.resource.gpu.discoveryScript", discovery.toString())
          .config("spark.executor.resource.gpu.amount", "2")
          .getOrCreate();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
