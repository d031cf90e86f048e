package dev.darkroom.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the command line in a process of its own, which a test may kill.
 *
 * @param folder the process's folder; what it says goes to {@code log} there
 */
public record OwnProcess(Path folder) {
  /**
   * Starts it.
   *
   * @param settings flags of the JVM, settings of Spark among them
   * @param arguments job and options
   */
  public Process start(List<String> settings, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
    command.addAll(List.of(System.getProperty("darkroom.flags").split(" ")));
    command.addAll(settings);
    command.addAll(List.of("-cp", classPath(), "dev.darkroom.jobs.Darkroom"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  /** Settings for two executors, each a JVM with two cores and two pretended GPUs. */
  public List<String> cluster() throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    Path script = Path.of("..", "udfs", "src", "test", "resources", "pretend-gpus");
    Path discovery =
        Files.writeString(
            folder.resolve("discover"),
            "#!/bin/sh\nPRETEND_GPUS='%s' exec '%s'\n"
                .formatted(folder, script.toAbsolutePath().normalize()));
    assertThat(discovery.toFile().setExecutable(true)).isTrue();
    return List.of(
        "-Dspark.master=local-cluster[2,2,1024]",
        "-Dspark.executor.extraClassPath=" + classPath(),
        "-Dspark.worker.resource.gpu.amount=2",
        "-Dspark.worker.resource.gpu.discoveryScript=" + discovery,
        "-Dspark.executor.resource.gpu.amount=2",
        "-Dspark.scheduler.minRegisteredResourcesRatio=1",
        "-Dspark.ui.enabled=false",
        "-Dspark.driver.host=127.0.0.1",
        "-Dspark.driver.bindAddress=127.0.0.1",
        "-Dspark.sql.shuffle.partitions=2",
        "-Dspark.databricks.delta.snapshotPartitions=2");
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
