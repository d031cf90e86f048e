package dev.darkroom.compression.flow;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.entropy.BitStack;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Prints how near the coded length of the installed flow comes to its negative log-likelihood, and
 * what coding costs.
 *
 * <p>Argument: a folder of RGB PNGs. All their patches go onto one stack of bits. The likelihood is
 * that of the real-valued flow, in double precision, at the dequantised values that coding drew.
 */
public final class FlowReport {
  private final Flow flow = FlowModel.installed().flow();
  private final BitStack stack = BitStack.forEncoding();
  private final NetworkClock clock = new NetworkClock();
  private double likelihoodBits;
  private long subpixels;
  private long encodeNanos;
  private long decodeNanos;
  private long encodeNetworkNanos;
  private long decodeNetworkNanos;
  private int patches;

  private FlowReport() {}

  /** Runs the report. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("name one folder of RGB PNGs");
    }
    List<RasterImage> images = images(Path.of(arguments[0]));
    for (int i = 0; i < 3; i++) { // for the compiler
      new FlowReport().run(images.subList(0, 1), new PrintStream(OutputStream.nullOutputStream()));
    }
    new FlowReport().run(images, System.out);
  }

  private void run(List<RasterImage> images, PrintStream out) {
    List<ImageShape> shapes = images.stream().map(ImageShape::of).toList();
    List<List<Patch>> batches = PatchPlan.batches(shapes, flow.granularity());
    List<FixedPointTensor> expected = new ArrayList<>();
    for (List<Patch> batch : batches) {
      FixedPointTensor samples = PixelCopy.gather(batch, images);
      expected.add(copy(samples));
      patches += batch.size();
      subpixels += samples.values().length;
      encode(samples);
    }
    double codedBits = stack.netBits();
    BitStack received = BitStack.parse(stack.toBytes());
    for (int i = batches.size() - 1; i >= 0; i--) {
      decode(expected.get(i), received);
    }
    received.requireSeedState();

    double likelihood = likelihoodBits / subpixels;
    double coded = codedBits / subpixels;
    double auxiliary = 32.0 * stack.auxiliaryWords();
    out.printf("patches of 32 x 32             %12d%n", patches);
    out.printf("NLL, bits per subpixel         %12.5f%n", likelihood);
    out.printf("coded, bits per subpixel       %12.5f%n", coded);
    out.printf("difference                     %+12.5f%n", coded - likelihood);
    out.printf("auxiliary bits, all            %12.0f%n", auxiliary);
    out.printf("auxiliary bits per subpixel    %12.2f (of one patch)%n", auxiliary / (32 * 32 * 3));
    out.printf("payload with them              %12.5f%n", (codedBits + auxiliary) / subpixels);
    row(out, "encoding", encodeNanos, encodeNetworkNanos);
    row(out, "decoding", decodeNanos, decodeNetworkNanos);
  }

  private void row(PrintStream out, String name, long total, long network) {
    out.printf(
        "%s, processor ms per patch: inference %.3f, coding %.3f; MB/s of raw RGB %.3f%n",
        name,
        network * 1e-6 / patches,
        (total - network) * 1e-6 / patches,
        subpixels * 1e3 / total);
  }

  private void encode(FixedPointTensor samples) {
    FixedPointTensor pixels = copy(samples);
    FixedPointTensor x = samples;
    RealTensor noisy = RealTensor.of(samples);
    long begun = CpuClock.nanos();
    for (FlowLayer layer : flow.layers()) {
      x = layer.forward(x, stack);
      if (layer instanceof Dequantization) {
        long paused = CpuClock.nanos();
        noisy = noisy(x);
        begun += CpuClock.nanos() - paused;
      }
    }
    encodeNanos += CpuClock.nanos() - begun;
    encodeNetworkNanos += clock.nanos(flow, pixels);
    likelihoodBits += flow.negativeLogLikelihood(noisy);
  }

  private void decode(FixedPointTensor expected, BitStack received) {
    long begun = CpuClock.nanos();
    FixedPointTensor samples =
        flow.decode(expected.images(), expected.rows(), expected.columns(), received);
    decodeNanos += CpuClock.nanos() - begun;
    if (!samples.equals(expected)) {
      throw new IllegalStateException("decoding did not restore the samples");
    }
    decodeNetworkNanos += clock.nanos(flow, expected);
  }

  /** Dequantised samples on the scale of samples, in the middle of their fixed-point steps. */
  private static RealTensor noisy(FixedPointTensor dequantised) {
    RealTensor real = RealTensor.of(dequantised);
    for (int i = 0; i < real.values().length; i++) {
      real.values()[i] = (real.values()[i] + 0.5) * 256;
    }
    return real;
  }

  private static FixedPointTensor copy(FixedPointTensor tensor) {
    return new FixedPointTensor(
        tensor.channels(),
        tensor.images(),
        tensor.rows(),
        tensor.columns(),
        tensor.values().clone());
  }

  private static List<RasterImage> images(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
    List<RasterImage> images = new ArrayList<>();
    for (Path file : files) {
      BufferedImage decoded = ImageIO.read(file.toFile());
      byte[] samples = new byte[decoded.getWidth() * decoded.getHeight() * 3];
      int next = 0;
      for (int y = 0; y < decoded.getHeight(); y++) {
        for (int x = 0; x < decoded.getWidth(); x++) {
          int rgb = decoded.getRGB(x, y);
          samples[next++] = (byte) (rgb >> 16);
          samples[next++] = (byte) (rgb >> 8);
          samples[next++] = (byte) rgb;
        }
      }
      images.add(new RasterImage(decoded.getWidth(), decoded.getHeight(), 3, 8, samples));
    }
    return images;
  }
}
