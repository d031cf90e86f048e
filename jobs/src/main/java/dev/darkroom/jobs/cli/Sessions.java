package dev.darkroom.jobs.cli;

import dev.darkroom.udfs.DarkroomExtensions;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Opens the Spark session of a job, with Delta and Darkroom's SQL functions in it. */
public final class Sessions {
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final List<String> NEEDED_EXTENSIONS =
      List.of("io.delta.sql.DeltaSparkSessionExtension", DarkroomExtensions.class.getName());

  private Sessions() {}

  /**
   * Opens a session, or takes the one that is open. Whatever spark-submit was told stands; without
   * a master the session runs in this process, on all cores.
   */
  public static SparkSession open(String name) {
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.app.name", "darkroom " + name);
    Set<String> extensions = new LinkedHashSet<>(List.of(conf.get(EXTENSIONS, "").split(",")));
    extensions.addAll(NEEDED_EXTENSIONS);
    extensions.remove("");
    conf.set(EXTENSIONS, String.join(",", extensions));
    conf.setIfMissing(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    // Commits in the background get cores beside the tasks of the next chunk.
    conf.setIfMissing("spark.scheduler.mode", "FAIR");
    if (!conf.contains("spark.master")) {
      local(conf);
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }

  /** Ends the session, if there is one. */
  public static void close() {
    Option<SparkSession> session = SparkSession.getDefaultSession();
    if (session.isDefined()) {
      session.get().stop();
    }
  }

  private static void local(SparkConf conf) {
    conf.setMaster("local[*]");
    conf.setIfMissing("spark.driver.host", "localhost");
    conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.sql.debug.maxToStringFields", "1000");
    conf.setIfMissing("spark.sql.shuffle.partitions", "8");
    conf.setIfMissing("spark.databricks.delta.snapshotPartitions", "2");
    conf.setIfMissing(
        "spark.sql.warehouse.dir",
        Path.of(System.getProperty("java.io.tmpdir"), "darkroom-warehouse").toUri().toString());
  }
}
