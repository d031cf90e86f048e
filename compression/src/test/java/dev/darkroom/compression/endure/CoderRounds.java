package dev.darkroom.compression.endure;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.container.StreamCoder;
import dev.darkroom.compression.context.FastCoder;
import dev.darkroom.compression.flow.FlowCoder;
import dev.darkroom.compression.flow.FlowModel;
import dev.darkroom.compression.plain.PlainCoder;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Random images through every coder and back, as many as are asked for: a program for {@code
 * bin/endure}. Prints one line of JSON; ends with 1 where a sample came back otherwise.
 */
public final class CoderRounds {
  private static final int MOST_TOLD = 10;
  private static final List<StreamCoder> CODERS =
      List.of(new PlainCoder(), new FastCoder(), new FlowCoder(FlowModel.installed()));

  private final AtomicLong trips = new AtomicLong();
  private final AtomicLong unsupported = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();

  private CoderRounds() {}

  /**
   * Runs.
   *
   * @param args the number of round trips, at least, and a seed
   */
  public static void main(String[] args) {
    long wanted = Long.parseLong(args[0]);
    long seed = Long.parseLong(args[1]);
    CoderRounds rounds = new CoderRounds();
    long image = 0;
    while (rounds.trips.get() < wanted) {
      long from = image;
      image += Math.min(4096, Math.max(1, (wanted - rounds.trips.get() + 2) / 3));
      LongStream.range(from, image).parallel().forEach(number -> rounds.tryOne(seed, number));
    }
    System.out.printf(
        "{\"images\":%d,\"trips\":%d,\"unsupported\":%d,\"wrong\":%d}%n",
        image, rounds.trips.get(), rounds.unsupported.get(), rounds.wrong.get());
    System.exit(rounds.wrong.get() == 0 ? 0 : 1);
  }

  private void tryOne(long seed, long number) {
    RasterImage image = RandomImages.image(seed, number);
    for (StreamCoder coder : CODERS) {
      if (!coder.supports(image)) {
        unsupported.incrementAndGet();
        continue;
      }
      trips.incrementAndGet();
      if (!comesBack(coder, image) && wrong.incrementAndGet() <= MOST_TOLD) {
        System.err.printf("seed %d, image %d, coder %s: %s%n", seed, number, coder.id(), image);
      }
    }
  }

  private static boolean comesBack(StreamCoder coder, RasterImage image) {
    try {
      byte[] stream = coder.encode(List.of(image));
      ImageShape shape = ImageShape.of(image);
      return coder.decode(stream, List.of(shape), 0).equals(image);
    } catch (CodecException | RuntimeException e) {
      System.err.println(e);
      return false;
    }
  }
}
