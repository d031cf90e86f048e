package dev.darkroom.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.jobs.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableLeaseTest {
  private static final TableLease.Terms PATIENT =
      new TableLease.Terms(Duration.ofSeconds(3), Duration.ofMillis(300), Duration.ofSeconds(60));
  private static final TableLease.Terms IMPATIENT =
      new TableLease.Terms(Duration.ofSeconds(3), Duration.ofMillis(300), Duration.ofSeconds(7));

  @TempDir private java.nio.file.Path temp;
  private FileSystem fs;
  private Path table;

  @BeforeEach
  void places() throws IOException {
    table = new Path(temp.toUri());
    fs = table.getFileSystem(new Configuration());
  }

  @Test
  void oneHoldsItAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Callable<Void> driver =
        () -> {
          try (TableLease lease = TableLease.take(fs, table, PATIENT)) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.sleep(200);
            inside.decrementAndGet();
            assertThat(lease.isLost()).isFalse();
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Void>> runs =
        new ArrayList<>(threads.invokeAll(List.of(driver, driver, driver, driver)));
    for (Future<Void> run : runs) {
      run.get();
    }
    threads.shutdown();
    assertThat(most).hasValue(1);
    assertThat(temp.resolve(TableLease.NAME)).doesNotExist();
  }

  @Test
  void aHolderThatLivesIsNotRobbed() throws IOException {
    TableLease first = TableLease.take(fs, table, IMPATIENT);
    try (first) {
      assertThatExceptionOfType(UserException.class)
          .isThrownBy(() -> TableLease.take(fs, table, IMPATIENT))
          .withMessageContaining("another driver")
          .withMessageContaining("is writing to");
    }
    assertThat(first.isLost()).isFalse();
  }

  @Test
  void whatADriverThatWasKilledHeldIsTakenOver() throws IOException {
    Files.writeString(temp.resolve(TableLease.NAME), "1@gone\n7\n");
    long begun = System.nanoTime();
    try (TableLease lease = TableLease.take(fs, table, PATIENT)) {
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(PATIENT.life());
      assertThat(lease.isLost()).isFalse();
    }
    assertThat(temp.resolve(TableLease.NAME)).doesNotExist();
  }

  @Test
  void onlyStoresThatKnowOneDriverNeedIt() {
    SparkConf plain = new SparkConf(false);
    assertThat(TableLock.isNeeded(plain, "s3a")).isTrue();
    assertThat(TableLock.isNeeded(plain, "file")).isFalse();
    assertThat(TableLock.isNeeded(plain, "abfss")).isFalse();
    SparkConf coordinated =
        new SparkConf(false)
            .set("spark.delta.logStore.s3a.impl", "io.delta.storage.S3DynamoDBLogStore");
    assertThat(TableLock.isNeeded(coordinated, "s3a")).isFalse();
    assertThat(TableLock.isNeeded(coordinated, "s3")).isTrue();
    SparkConf alone =
        new SparkConf(false)
            .set("spark.delta.logStore.s3a.impl", "io.delta.storage.S3SingleDriverLogStore");
    assertThat(TableLock.isNeeded(alone, "s3a")).isTrue();
  }
}
