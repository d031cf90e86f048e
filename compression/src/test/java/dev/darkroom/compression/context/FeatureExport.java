package dev.darkroom.compression.context;

import java.awt.image.Raster;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Writes training data for the context networks: the features that the codec itself computes, for a
 * random sample of pixels.
 *
 * <p>Images with other than three channels are passed over. One file per plane and image, {@code
 * <image>.<plane>.f32}: little-endian float32 rows of sample, local prediction, error scale,
 * features.
 */
public final class FeatureExport {
  private static final int[] PLANE_TO_BAND = {1, 0, 2};

  /** The least that a layer may have. */
  private static final int UNITS = 8;

  private FeatureExport() {}

  /**
   * Exports a folder of 8-bit RGB PNGs.
   *
   * @param args folder of images, folder for the result, one of how many pixels to take, seed
   * @throws IOException where a folder can't be read or written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      throw new IllegalArgumentException(
          "usage: FeatureExport <folder of PNGs> <output folder> <one pixel of how many> <seed>");
    }
    Path output = Files.createDirectories(Path.of(args[1]));
    int oneOf = Integer.parseInt(args[2]);
    long seed = Long.parseLong(args[3]);
    List<Path> files;
    try (Stream<Path> list = Files.list(Path.of(args[0]))) {
      files = list.filter(f -> f.toString().endsWith(".png")).sorted().toList();
    }
    IntStream.range(0, files.size())
        .parallel()
        .forEach(i -> export(files.get(i), output, oneOf, seed + i));
  }

  private static void export(Path file, Path output, int oneOf, long seed) {
    try {
      Raster raster = ImageIO.read(file.toFile()).getRaster();
      if (raster.getNumBands() != PLANE_TO_BAND.length) {
        return;
      }
      List<PlaneHistory> planes = new ArrayList<>();
      for (int plane = 0; plane < PLANE_TO_BAND.length; plane++) {
        planes.add(PlaneHistory.empty(raster.getWidth(), raster.getHeight()));
        Path to = output.resolve(file.getFileName() + "." + plane + ".f32");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 20)) {
          exportPlane(
              raster,
              PLANE_TO_BAND[plane],
              planes.toArray(PlaneHistory[]::new),
              oneOf,
              new SplittableRandom(seed),
              out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static void exportPlane(
      Raster raster,
      int band,
      PlaneHistory[] planes,
      int oneOf,
      SplittableRandom random,
      OutputStream out) {
    int stride = LeastSquares.lanes(raster.getHeight());
    int features = ContextFeatures.count(planes.length);
    ContextNetwork untrained = new ContextNetwork(untrained(features), stride);
    PlanePass pass =
        new PlanePass(LaneKernels.BEST, planes, untrained, raster.getWidth(), raster.getHeight());
    ByteBuffer row =
        ByteBuffer.allocate((features + 3) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    pass.run(
        (x, y, lane) -> {
          int sample = raster.getSample(x, y, band);
          if (random.nextInt(oneOf) == 0) {
            row.clear();
            row.putFloat(sample).putFloat(pass.predictions()[lane]).putFloat(pass.scales()[lane]);
            for (int f = 0; f < features; f++) {
              row.putFloat(pass.features().values()[f * stride + lane]);
            }
            write(out, row.array());
          }
          return sample;
        });
  }

  /** One logistic whatever the features: they are there before the network is. */
  private static ContextModel.Plane untrained(int features) {
    float[] weights = new float[features * UNITS];
    return new ContextModel.Plane(
        1, List.of(new ContextModel.Layer(features, UNITS, weights, new float[UNITS])));
  }

  private static void write(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
