package dev.darkroom.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableLockTest {
  @TempDir private Path temp;

  private Path lease;
  private String table;
  private SparkSession session;

  @BeforeEach
  void aStoreThatKnowsOneDriver() {
    lease = temp.resolve(TableLease.NAME);
    table = "s3a:" + temp;
    session = TestSpark.session().newSession();
    session.conf().set("fs.s3a.impl", OneDriverStore.class.getName());
    session.conf().set("fs.s3a.impl.disable.cache", "true");
  }

  @Test
  void aTransactionIsMadeUnderALease() {
    AtomicBoolean held = new AtomicBoolean();

    TableLock.run(session, table, () -> held.set(Files.exists(lease)));

    assertThat(held).isTrue();
    assertThat(lease).doesNotExist();
  }

  @Test
  void aDriverWhoseLeaseAnotherHoldsByNowSaysSo() {
    assertLost(() -> write("2@another\n0\n"));

    assertThat(lease).hasContent("2@another\n0\n");
  }

  @Test
  void aDriverWhoseLeaseAnotherHadMeanwhileSaysSo() {
    assertLost(
        () -> {
          write("2@another\n0\n");
          delete();
        });

    assertThat(lease).doesNotExist();
  }

  @Test
  void withoutLeasesNothingIsWritten() {
    session.conf().set(TableLock.SETTING, "off");
    AtomicBoolean held = new AtomicBoolean(true);

    TableLock.run(session, table, () -> held.set(Files.exists(lease)));

    assertThat(held).isFalse();
  }

  private void assertLost(Runnable standingStill) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> TableLock.run(session, table, standingStill))
        .withMessage(
            "this driver stood still for so long that another one wrote to '%s' meanwhile; run"
                + " 'darkroom verify' on it, then this command again",
            table);
  }

  private void write(String content) {
    try {
      Files.writeString(lease, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() {
    try {
      Files.delete(lease);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This machine's files under {@code s3a:/}. */
  public static final class OneDriverStore extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("s3a:///");
    }

    @Override
    public String getScheme() {
      return "s3a";
    }
  }
}
