package dev.darkroom.compression.context;

import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.entropy.RansCoder;

/** Decodes the planes of one segment of rows. */
final class SegmentDecoder {
  private final Segment segment;
  private final BitStack stack;
  private final RansCoder coder;

  SegmentDecoder(Segment segment, BitStack stack) {
    this.segment = segment;
    this.stack = stack;
    this.coder = new RansCoder(stack);
  }

  /**
   * Decodes.
   *
   * @param image receives interleaved 8-bit samples
   * @throws dev.darkroom.compression.entropy.CorruptStreamException where the stack can't be that
   *     of this segment
   */
  void decode(byte[] image) {
    segment.run(
        (plane, parameters) ->
            (x, y, lane) -> {
              int sample = next(parameters.at(lane));
              image[segment.index(plane, x, y)] = (byte) sample;
              return sample;
            });
    stack.requireSeedState();
  }

  private int next(LogisticMixture mixture) {
    int sample = mixture.find(coder.peek(LogisticMixture.PRECISION));
    coder.advance(mixture.start(), mixture.frequency(), LogisticMixture.PRECISION);
    return sample;
  }
}
