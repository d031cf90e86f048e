package dev.darkroom.jobs.demo;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.compress.CompressJob;
import dev.darkroom.jobs.compress.CompressOptions;
import dev.darkroom.jobs.compress.CompressSummary;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.restore.RestoreJob;
import dev.darkroom.jobs.restore.RestoreOptions;
import dev.darkroom.jobs.table.ArchiveTable;
import dev.darkroom.jobs.verify.VerifyJob;
import dev.darkroom.jobs.verify.VerifyOptions;
import dev.darkroom.jobs.verify.VerifySummary;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Draws images, archives them, verifies the archive, restores it and compares every pixel; then
 * develops scenes, as {@link SceneDemo} does.
 */
public final class DemoJob {
  /** Marks a folder as the demo's own, which it may empty. */
  private static final String MARKER = ".darkroom-demo";

  private final Path output;

  /** A demo in a folder of this machine, made where needed. */
  public DemoJob(Path output) {
    this.output = output.toAbsolutePath().normalize();
  }

  /**
   * Runs the demo.
   *
   * @throws UserException where the folder holds something else already, or can't be written
   */
  public DemoSummary run(SparkSession spark, Console console) {
    Path images = output.resolve("images");
    Path archive = output.resolve("archive");
    Path restored = output.resolve("restored");
    SceneDemo scenes = new SceneDemo(output);
    try {
      List<Path> folders = new ArrayList<>(List.of(images, archive, restored));
      folders.addAll(scenes.folders());
      claim(folders);
      List<Drawing> drawings = Drawings.all();
      for (Drawing drawing : drawings) {
        ImageIO.write(drawing.image(), "png", images.resolve(drawing.name() + ".png").toFile());
      }
      CompressSummary compressed =
          new CompressJob(CompressOptions.of(images.toString(), archive.toString()))
              .run(spark, console);
      VerifySummary verified =
          new VerifyJob(VerifyOptions.of(archive.toString())).run(spark, console);
      new RestoreJob(RestoreOptions.of(archive.toString(), restored.toString()))
          .run(spark, console);
      List<String> differing = new ArrayList<>();
      for (Drawing drawing : drawings) {
        if (!samePixels(drawing.image(), restored.resolve(drawing.name() + ".png"))) {
          differing.add(drawing.name());
        }
      }
      return new DemoSummary(
          images.toString(),
          archive.toString(),
          restored.toString(),
          sizes(spark, archive),
          compressed.imagesPerSecond(),
          verified.failed(),
          differing,
          scenes.run(spark, console));
    } catch (IOException e) {
      throw new UserException(
          "the demo can't write to '%s': %s; name another folder with --output"
              .formatted(output, e.getMessage()),
          e);
    }
  }

  private void claim(List<Path> folders) throws IOException {
    if (Files.exists(output) && !Files.exists(output.resolve(MARKER))) {
      try (Stream<Path> content = Files.list(output)) {
        if (content.findAny().isPresent()) {
          throw new UserException(
              "'%s' is there and is not the demo's; name another folder with --output"
                  .formatted(output));
        }
      }
    }
    for (Path folder : folders) {
      if (Files.exists(folder)) {
        empty(folder);
      }
    }
    Files.createDirectories(output);
    Files.write(output.resolve(MARKER), new byte[0]);
    Files.createDirectories(folders.get(0));
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> content = Files.walk(folder)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static boolean samePixels(BufferedImage drawn, Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    BufferedImage read = ImageIO.read(file.toFile());
    Raster left = drawn.getRaster();
    Raster right = read.getRaster();
    if (left.getWidth() != right.getWidth()
        || left.getHeight() != right.getHeight()
        || left.getNumBands() != right.getNumBands()) {
      return false;
    }
    for (int y = 0; y < left.getHeight(); y++) {
      for (int x = 0; x < left.getWidth(); x++) {
        for (int band = 0; band < left.getNumBands(); band++) {
          if (left.getSample(left.getMinX() + x, left.getMinY() + y, band)
              != right.getSample(x, y, band)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static List<DemoSummary.Size> sizes(SparkSession spark, Path archive) {
    return ArchiveTable.open(spark, archive.toString())
        .rows()
        .orderBy(col("relative_path"))
        .select(
            "relative_path",
            "width",
            "height",
            "channels",
            "bit_depth",
            "codec",
            "file_size",
            "payload_size",
            "bpsp")
        .collectAsList()
        .stream()
        .map(DemoJob::size)
        .toList();
  }

  private static DemoSummary.Size size(Row row) {
    return new DemoSummary.Size(
        row.getString(0),
        row.getInt(1),
        row.getInt(2),
        row.getInt(3),
        row.getInt(4),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        row.getDouble(8));
  }
}
