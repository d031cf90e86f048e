package dev.darkroom.jobs.table;

import dev.darkroom.jobs.UserException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps transactions of several drivers apart where Delta does not.
 *
 * <p>On S3 Delta's own log store knows of the transactions of one driver alone: two that commit at
 * once may both believe that they were first, and one of the commits is gone. There each
 * transaction is made under a {@link TableLease}, so that drivers of this release take turns. It
 * does not hold back other programs that write to the table. Other stores, and S3 with a log store
 * that coordinates drivers, need no lease.
 */
final class TableLock {
  /** The setting that turns leases off: {@code off}. */
  static final String SETTING = "spark.darkroom.lease";

  private static final Set<String> ONE_DRIVER = Set.of("s3", "s3a", "s3n");

  private TableLock() {}

  /**
   * Runs a transaction.
   *
   * @throws UserException where another driver does not give way, or has taken over
   */
  static void run(SparkSession spark, String location, Runnable transaction) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Path path = new Path(location);
    try {
      FileSystem fs = path.getFileSystem(hadoop);
      if (!isNeeded(spark.sparkContext().conf(), fs.getScheme())
          || spark.conf().get(SETTING, "on").equals("off")) {
        transaction.run();
        return;
      }
      TableLease lease = TableLease.take(fs, path, TableLease.Terms.DEFAULT);
      try (lease) {
        transaction.run();
      }
      if (lease.isLost()) {
        throw new UserException(
            ("this driver stood still for so long that another one wrote to '%s' meanwhile; run"
                    + " 'darkroom verify' on it, then this command again")
                .formatted(location));
      }
    } catch (IOException e) {
      throw new UserException(
          "can't take the lease of '%s': %s; see that its folder can be written to"
              .formatted(location, e.getMessage()),
          e);
    }
  }

  /** Whether Delta's log on such a scheme knows one driver's transactions alone. */
  static boolean isNeeded(SparkConf conf, String scheme) {
    if (!ONE_DRIVER.contains(scheme.toLowerCase(Locale.ROOT))) {
      return false;
    }
    return Stream.of("spark.delta.logStore." + scheme + ".impl", "spark.delta.logStore.class")
        .map(key -> conf.get(key, ""))
        .allMatch(store -> store.isEmpty() || store.contains("S3SingleDriverLogStore"));
  }
}
