package dev.darkroom.compression.context;

import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.entropy.RansCoder;

/**
 * Encodes the planes of one segment of rows: collects all symbols in coding order, then pushes them
 * in reverse.
 */
final class SegmentEncoder {
  private final Segment segment;
  private final int[] starts;
  private final int[] frequencies;
  private int count;

  SegmentEncoder(Segment segment) {
    this.segment = segment;
    this.starts = new int[segment.samples()];
    this.frequencies = new int[segment.samples()];
  }

  /**
   * Encodes.
   *
   * @param image interleaved 8-bit samples
   * @return the segment's bit stack
   */
  byte[] encode(byte[] image) {
    segment.run(
        (plane, parameters) ->
            (x, y, lane) -> record(image[segment.index(plane, x, y)] & 0xFF, parameters, lane));
    BitStack stack = BitStack.forEncoding();
    new RansCoder(stack).encodeAll(starts, frequencies, 0, count, LogisticMixture.PRECISION);
    return stack.toBytes();
  }

  private int record(int sample, PixelDistribution distribution, int lane) {
    LogisticMixture mixture = distribution.at(lane);
    mixture.locate(sample);
    starts[count] = mixture.start();
    frequencies[count] = mixture.frequency();
    count++;
    return sample;
  }
}
