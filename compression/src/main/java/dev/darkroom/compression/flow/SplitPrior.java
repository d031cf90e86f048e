package dev.darkroom.compression.flow;

import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.network.ConvolutionalNetwork;
import dev.darkroom.compression.network.FeatureMaps;
import java.util.List;
import java.util.function.Supplier;

/**
 * Ends the way of some channels: codes each of their values by a logistic distribution and hands on
 * the channels before them.
 *
 * <p>Means and log2 scales, in units of 2^-5, come from a network that reads the channels handed
 * on; or, where none is handed on, they are constants for each channel. First come all means, then
 * all log2 scales, to which a constant is added.
 */
final class SplitPrior implements FlowLayer {
  private static final int LARGEST_MEAN = 1 << 30;
  private static final double UNIT =
      1.0 / (1 << FixedPoint.FRACTION_BITS - LogisticTable.UNIT_BITS);

  private final int start;
  private final int count;
  private final float scaleCenter;
  private final List<ConvolutionalNetwork> networks;
  private final Source source;

  /** Where means and scales come from. */
  private interface Source {
    /** Reads the known channels, where it needs them, and returns what holds the parameters. */
    Lookup evaluate(Supplier<FeatureMaps> known);
  }

  /** Parameters by their number, 0 to 2 * count - 1, and place. */
  private interface Lookup {
    float at(int parameter, int image, int row, int column);
  }

  /**
   * A prior of the channels {@code [start, start + count)} given those before.
   *
   * @param start 1 or more
   * @param count 1 or more
   * @param network from {@code start} channels to {@code 2 * count}
   * @param scaleCenter what is added to all log2 scales
   * @throws IllegalArgumentException where the network's channels do not fit
   */
  SplitPrior(int start, int count, ConvolutionalNetwork network, float scaleCenter) {
    if (start < 1
        || count < 1
        || network.inputs() != start
        || network.outputs() != 2 * count
        || !Float.isFinite(scaleCenter)) {
      throw new IllegalArgumentException(
          "a prior of %d channels from %d needs a network to %d channels"
              .formatted(count, start, 2 * count));
    }
    this.start = start;
    this.count = count;
    this.scaleCenter = scaleCenter;
    networks = List.of(network);
    source =
        known -> {
          FeatureMaps outputs = network.apply(known.get());
          return (parameter, image, row, column) ->
              outputs.data()[outputs.index(parameter, image, row) + column];
        };
  }

  /**
   * A prior of all channels.
   *
   * @param constants means, then log2 scales: two for each of the channels
   * @param scaleCenter what is added to all log2 scales
   */
  SplitPrior(float[] constants, float scaleCenter) {
    if (constants.length == 0 || constants.length % 2 != 0 || !Float.isFinite(scaleCenter)) {
      throw new IllegalArgumentException(
          "a prior needs a mean and a scale per channel, not " + constants.length + " constants");
    }
    float[] values = constants.clone();
    this.start = 0;
    this.count = constants.length / 2;
    this.scaleCenter = scaleCenter;
    networks = List.of();
    source = known -> (parameter, image, row, column) -> values[parameter];
  }

  @Override
  public int channelsAfter(int channels) {
    if (channels != start + count) {
      throw new IllegalArgumentException(
          "a prior of %d channels from %d can't end %d channels".formatted(count, start, channels));
    }
    return start;
  }

  @Override
  public List<ConvolutionalNetwork> networks() {
    return networks;
  }

  @Override
  public FixedPointTensor forward(FixedPointTensor x, BitStack bits) {
    FixedPointTensor kept = FixedPointTensor.zeros(start, x.images(), x.rows(), x.columns());
    System.arraycopy(x.values(), 0, kept.values(), 0, kept.values().length);
    Lookup lookup = source.evaluate(() -> Conditioning.maps(kept, start));
    int p = kept.values().length;
    for (int c = 0; c < count; c++) {
      for (int row = 0; row < x.images() * x.rows(); row++) {
        for (int column = 0; column < x.columns(); column++, p++) {
          long mean = mean(lookup, c, row / x.rows(), row % x.rows(), column);
          LogisticTable.of(scale(lookup, c, row / x.rows(), row % x.rows(), column))
              .encode(x.values()[p] - mean, bits);
        }
      }
    }
    return kept;
  }

  @Override
  public FixedPointTensor inverse(FixedPointTensor kept, BitStack bits) {
    FixedPointTensor x =
        FixedPointTensor.zeros(start + count, kept.images(), kept.rows(), kept.columns());
    System.arraycopy(kept.values(), 0, x.values(), 0, kept.values().length);
    Lookup lookup = source.evaluate(() -> Conditioning.maps(kept, start));
    int p = x.values().length - 1;
    for (int c = count - 1; c >= 0; c--) {
      for (int row = x.images() * x.rows() - 1; row >= 0; row--) {
        for (int column = x.columns() - 1; column >= 0; column--, p--) {
          long mean = mean(lookup, c, row / x.rows(), row % x.rows(), column);
          long deviation =
              LogisticTable.of(scale(lookup, c, row / x.rows(), row % x.rows(), column))
                  .decode(bits);
          x.values()[p] = FixedPointRangeException.require(mean + deviation);
        }
      }
    }
    return x;
  }

  @Override
  public RealTensor transform(RealTensor x, LogDensity density) {
    RealTensor kept =
        new RealTensor(start, x.images(), x.rows(), x.columns(), new double[start * x.planeSize()]);
    System.arraycopy(x.values(), 0, kept.values(), 0, kept.values().length);
    Lookup lookup = source.evaluate(() -> Conditioning.maps(kept, start));
    int p = kept.values().length;
    for (int c = 0; c < count; c++) {
      for (int row = 0; row < x.images() * x.rows(); row++) {
        for (int column = 0; column < x.columns(); column++, p++) {
          double mean = lookup.at(c, row / x.rows(), row % x.rows(), column) * UNIT;
          double exponent =
              LogisticTable.limit(scale(lookup, c, row / x.rows(), row % x.rows(), column));
          double scale = UNIT * Math.pow(2, exponent);
          double e = Math.abs(x.values()[p] - mean) / scale;
          density.addNats(-e - 2 * Math.log1p(Math.exp(-e)) - Math.log(scale));
        }
      }
    }
    return kept;
  }

  private long mean(Lookup lookup, int channel, int image, int row, int column) {
    float mean = lookup.at(channel, image, row, column);
    return FixedPoint.round(mean, 1 << LogisticTable.UNIT_BITS, LARGEST_MEAN);
  }

  private float scale(Lookup lookup, int channel, int image, int row, int column) {
    return lookup.at(count + channel, image, row, column) + scaleCenter;
  }
}
