package dev.darkroom.jobs.compress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.Profile;
import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.RowAction;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ImageDeveloperTest {
  @TempDir private Path temp;

  @Test
  @Timeout(60)
  void aFileThatIsReadAndNotCodedInTimeIsKept() throws IOException {
    byte[] photo = noise(1500);
    Row row = develop(candidate("a.png", photo.length, Optional.of(photo)), Profile.FLOW);

    assertThat(value(row, ArchiveColumn.STATUS)).isEqualTo("stored");
    assertThat(value(row, ArchiveColumn.ERROR_TYPE)).isEqualTo("TIMEOUT");
    assertThat(value(row, ArchiveColumn.ERROR_MESSAGE)).asString().contains("3 s");
    assertThat(value(row, ArchiveColumn.PAYLOAD)).isEqualTo(photo);
  }

  @Test
  @Timeout(60)
  void aFileThatIsNotReadInTimeFails() throws IOException {
    Path file = Files.write(temp.resolve("a.png"), new byte[10]);
    Row row = develop(candidate("slow:" + file, 10, Optional.empty()), Profile.FAST);

    assertThat(value(row, ArchiveColumn.STATUS)).isEqualTo("failed");
    assertThat(value(row, ArchiveColumn.ERROR_TYPE)).isEqualTo("TIMEOUT");
    assertThat(value(row, ArchiveColumn.FILE_SIZE)).isEqualTo(10L);
    assertThat(value(row, ArchiveColumn.FILE_SHA256)).isNull();
    assertThat(value(row, ArchiveColumn.PAYLOAD)).isNull();
  }

  private static Row develop(Candidate candidate, Profile profile) {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.slow.impl", SlowFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    ImageLimits limits = new ImageLimits(100_000_000, 256L << 20, Duration.ofSeconds(3));
    DevelopSettings settings = new DevelopSettings(profile, Fidelity.PIXELS, limits, RowAction.ADD);
    try (ImageDeveloper developer = new ImageDeveloper(settings, hadoop)) {
      return developer.develop(candidate);
    }
  }

  private static Candidate candidate(String path, long size, Optional<byte[]> content) {
    return new Candidate(
        path,
        path,
        size,
        Optional.empty(),
        Optional.empty(),
        content,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Object value(Row row, ArchiveColumn column) {
    return row.get(ArchiveColumn.ids().indexOf(column.id()));
  }

  private static byte[] noise(int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /** Files of this machine that take a minute to open. */
  public static final class SlowFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("slow:///");
    }

    @Override
    public String getScheme() {
      return "slow";
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize)
        throws IOException {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        throw new InterruptedIOException("given up");
      }
      return super.open(path, bufferSize);
    }
  }
}
