package dev.darkroom.jobs.scene;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.List;

/**
 * What a run of {@code scenes} wrote.
 *
 * @param output the table
 * @param scenes its rows
 * @param seed the world that they are of
 * @param size pixels of a side of each picture
 * @param imageBytes bytes of all PNG files together
 * @param seconds how long the run took
 * @param imagesPerSecond scenes per second
 */
public record ScenesSummary(
    String output,
    long scenes,
    long seed,
    int size,
    long imageBytes,
    double seconds,
    double imagesPerSecond)
    implements Summary {
  @Override
  public List<String> lines() {
    return List.of(
        "wrote " + output,
        "  scenes     %s of seed %d, %d x %d pixels"
            .formatted(Quantity.count(scenes), seed, size, size),
        "  images     " + Quantity.bytes(imageBytes) + " of PNG",
        "  time       %s s, %s images/s"
            .formatted(Quantity.decimal(seconds, 1), Quantity.decimal(imagesPerSecond, 1)));
  }
}
