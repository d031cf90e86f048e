package dev.darkroom.compression;

import java.awt.image.Raster;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Prints what a profile makes of a folder of photographs: bits per subpixel, and megabytes of raw
 * samples per second of processor time on one thread, to encode, to decode, and to encode with
 * verification.
 *
 * <p>Arguments: profile, folder of 8-bit PNGs, passes before the one that counts. Each payload is
 * decoded and compared in every pass.
 */
public final class CodecReport {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final IFlowCodec codec;
  private final List<RasterImage> images;
  private long payloadBytes;
  private double bpsp;
  private long encodeNanos;
  private long decodeNanos;

  private CodecReport(Profile profile, List<RasterImage> images) {
    this.codec = new IFlowCodec(profile);
    this.images = images;
  }

  /** Runs the report. */
  public static void main(String[] arguments) throws IOException, CodecException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("usage: CodecReport <profile> <folder of PNGs> <passes>");
    }
    Profile profile = Profile.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    CodecReport report = new CodecReport(profile, images(Path.of(arguments[1])));
    for (int i = 0; i <= Integer.parseInt(arguments[2]); i++) {
      report.run();
    }
    report.print(System.out);
  }

  private void run() throws CodecException {
    payloadBytes = 0;
    bpsp = 0;
    encodeNanos = 0;
    decodeNanos = 0;
    for (RasterImage image : images) {
      long start = THREADS.getCurrentThreadCpuTime();
      byte[] payload = codec.encode(image);
      long encoded = THREADS.getCurrentThreadCpuTime();
      RasterImage decoded = codec.decode(payload);
      decodeNanos += THREADS.getCurrentThreadCpuTime() - encoded;
      encodeNanos += encoded - start;
      payloadBytes += payload.length;
      bpsp += 8.0 * payload.length / image.subpixels();
      if (!decoded.equals(image)) {
        throw new IllegalStateException("an image came back changed");
      }
    }
  }

  private void print(PrintStream out) {
    double megabytes = images.stream().mapToLong(RasterImage::subpixels).sum() / 1e6;
    out.printf("profile              %s%n", codec.profile().id());
    out.printf("images               %d (%.1f MB of samples)%n", images.size(), megabytes);
    out.printf("payload              %.1f MB%n", payloadBytes / 1e6);
    out.printf("mean bpsp            %.4f%n", bpsp / images.size());
    out.printf("encode               %.2f MB/s%n", megabytes / encodeNanos * 1e9);
    out.printf("decode               %.2f MB/s%n", megabytes / decodeNanos * 1e9);
    out.printf("encode and verify    %.2f MB/s%n", megabytes / (encodeNanos + decodeNanos) * 1e9);
  }

  private static List<RasterImage> images(Path folder) throws IOException {
    List<RasterImage> images = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".png")).sorted().toList()) {
        Raster raster = ImageIO.read(file.toFile()).getRaster();
        int[] values = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
        byte[] samples = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
          samples[i] = (byte) values[i];
        }
        images.add(
            new RasterImage(
                raster.getWidth(), raster.getHeight(), raster.getNumBands(), 8, samples));
      }
    }
    return images;
  }
}
