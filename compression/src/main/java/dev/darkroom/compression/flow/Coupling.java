package dev.darkroom.compression.flow;

import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.network.ConvolutionalNetwork;
import dev.darkroom.compression.network.FeatureMaps;
import java.util.Arrays;
import java.util.List;

/**
 * A coupling layer: some channels are shifted, scaled and bent by amounts that a network finds from
 * all channels before them; those stay as they are.
 *
 * <p>Let a be the channels before {@code start} and b the {@code count} channels from there. Two
 * networks read a: the predictor gives one linear prediction per channel of b, the other for each
 * channel c of b, in this order, a correction of the shift in units of 1/64, the log2 of the scale
 * less 2, and one log2 slope for each interval between knots; after those of all channels come the
 * weights {@code w} of earlier channels of b: (1, 0), (2, 0), (2, 1), (3, 0) and so on. Then
 *
 * <pre>
 * t[c] = (b[c] - shift[c] - sum over j &lt; c of w[c, j] b[j]) * 2^scale[c]
 * z[c] = bend[c](t[c])
 * </pre>
 *
 * where bend is a {@link MonotoneInterpolation} with {@code bend(0) = 0} that has the slopes
 * between its knots and slope 1 outside. Without knots it is the identity, and the layer is affine.
 * The layer forward works from the last channel to the first, for a sum needs the earlier channels
 * as they were.
 */
final class Coupling implements FlowLayer {
  private static final float SHIFT_UNIT = 1f / 64;
  private static final float SCALE_CENTER = 2;
  private static final int WEIGHT_BITS = 12;
  private static final int LARGEST_WEIGHT = 1 << 18;
  private static final int LARGEST_SHIFT = 1 << 30;
  private static final PowerOfTwoTable SCALES = new PowerOfTwoTable(256, -4, 8);
  private static final PowerOfTwoTable SLOPES = new PowerOfTwoTable(64, -4, 4);

  private final int start;
  private final int count;
  private final ConvolutionalNetwork network;
  private final ConvolutionalNetwork predictor;
  private final int[] knots;
  private final int center;

  /**
   * A coupling of the channels {@code [start, start + count)}.
   *
   * @param start 1 or more
   * @param count 1 or more
   * @param network from {@code start} channels to {@code count * (2 + intervals) + count * (count -
   *     1) / 2}
   * @param predictor from {@code start} channels to {@code count}
   * @param knots strictly increasing fixed-point numbers, 0 among them and their distances at most
   *     2^16; or none
   * @throws IllegalArgumentException where one of them does not fit
   */
  Coupling(
      int start,
      int count,
      ConvolutionalNetwork network,
      ConvolutionalNetwork predictor,
      int[] knots) {
    this.start = start;
    this.count = count;
    this.network = network;
    this.predictor = predictor;
    this.knots = knots.clone();
    center = Arrays.binarySearch(knots, 0);
    requireKnots();
    int outputs = count * parameters() + count * (count - 1) / 2;
    if (start < 1
        || count < 1
        || network.inputs() != start
        || predictor.inputs() != start
        || network.outputs() != outputs
        || predictor.outputs() != count) {
      throw new IllegalArgumentException(
          "a coupling of %d channels from %d with %d knots needs networks to %d and %d channels"
              .formatted(count, start, knots.length, outputs, count));
    }
  }

  @Override
  public int channelsAfter(int channels) {
    if (channels < start + count) {
      throw new IllegalArgumentException(
          "a coupling of %d channels from %d can't work on %d".formatted(count, start, channels));
    }
    return channels;
  }

  @Override
  public List<ConvolutionalNetwork> networks() {
    return List.of(network, predictor);
  }

  @Override
  public FixedPointTensor forward(FixedPointTensor x, BitStack bits) {
    ModularScaleTransform transform = new ModularScaleTransform(bits);
    Parameters parameters = new Parameters(Conditioning.maps(x, start));
    int[] images = new int[knots.length];
    int plane = x.planeSize();
    int[] values = x.values();
    for (int c = count - 1; c >= 0; c--) {
      int p = (start + c) * plane;
      for (int row = 0; row < x.images() * x.rows(); row++) {
        parameters.moveTo(c, row / x.rows(), row % x.rows());
        for (int column = 0; column < x.columns(); column++, p++) {
          long centered = values[p] - parameters.shift(column, values, p, plane);
          int scaled =
              transform.forward(
                  FixedPointRangeException.require(centered),
                  SCALES.at(parameters.scale(column)),
                  1L << FixedPoint.SCALE_BITS);
          values[p] = scaled;
          if (knots.length > 0) {
            parameters.images(column, images);
            values[p] = MonotoneInterpolation.forward(scaled, knots, images, transform);
          }
        }
      }
    }
    return x;
  }

  @Override
  public FixedPointTensor inverse(FixedPointTensor z, BitStack bits) {
    ModularScaleTransform transform = new ModularScaleTransform(bits);
    Parameters parameters = new Parameters(Conditioning.maps(z, start));
    int[] images = new int[knots.length];
    int plane = z.planeSize();
    int[] values = z.values();
    for (int c = 0; c < count; c++) {
      int p = (start + c + 1) * plane - 1;
      for (int row = z.images() * z.rows() - 1; row >= 0; row--) {
        parameters.moveTo(c, row / z.rows(), row % z.rows());
        for (int column = z.columns() - 1; column >= 0; column--, p--) {
          int scaled = values[p];
          if (knots.length > 0) {
            parameters.images(column, images);
            scaled = MonotoneInterpolation.inverse(scaled, knots, images, transform);
          }
          int centered =
              transform.inverse(
                  scaled, SCALES.at(parameters.scale(column)), 1L << FixedPoint.SCALE_BITS);
          long shift = parameters.shift(column, values, p, plane);
          values[p] = FixedPointRangeException.require(centered + shift);
        }
      }
    }
    return z;
  }

  @Override
  public RealTensor transform(RealTensor x, LogDensity density) {
    Parameters parameters = new Parameters(Conditioning.maps(x, start));
    int plane = x.planeSize();
    double[] values = x.values();
    for (int c = count - 1; c >= 0; c--) {
      int p = (start + c) * plane;
      for (int row = 0; row < x.images() * x.rows(); row++) {
        parameters.moveTo(c, row / x.rows(), row % x.rows());
        for (int column = 0; column < x.columns(); column++, p++) {
          double scale = SCALES.limit(parameters.scale(column));
          double t = (values[p] - parameters.shift(column, values, p, plane)) * Math.pow(2, scale);
          density.addBits(scale);
          values[p] = parameters.bend(column, t, density);
        }
      }
    }
    return x;
  }

  /** The number of network outputs for each channel. */
  private int parameters() {
    return 2 + Math.max(0, knots.length - 1);
  }

  private void requireKnots() {
    boolean fit = knots.length == 0 || center >= 0;
    for (int i = 1; i < knots.length; i++) {
      fit &= knots[i] > knots[i - 1] && (long) knots[i] - knots[i - 1] <= 1 << 16;
    }
    if (!fit) {
      throw new IllegalArgumentException(
          "knots must increase by 1 to 65,536 each and include 0, unlike "
              + Arrays.toString(knots));
    }
  }

  /** What the networks say, read one row of one channel at a time. */
  private final class Parameters {
    private final FeatureMaps outputs;
    private final FeatureMaps predictions;
    private final int[] rows;
    private int prediction;
    private int channel;

    Parameters(FeatureMaps known) {
      outputs = network.apply(known);
      predictions = predictor.apply(known);
      rows = new int[parameters() + count];
    }

    void moveTo(int channel, int image, int row) {
      this.channel = channel;
      prediction = predictions.index(channel, image, row);
      int own = parameters();
      for (int i = 0; i < own; i++) {
        rows[i] = outputs.index(channel * own + i, image, row);
      }
      for (int j = 0; j < channel; j++) {
        rows[own + j] = outputs.index(count * own + channel * (channel - 1) / 2 + j, image, row);
      }
    }

    /** The shift of a value, the weighted earlier channels of the same pixel included. */
    long shift(int column, int[] values, int position, int plane) {
      long shift = FixedPoint.round(ownShift(column), FixedPoint.ONE, LARGEST_SHIFT);
      for (int j = 0; j < channel; j++) {
        long weight = FixedPoint.round(weight(column, j), 1 << WEIGHT_BITS, LARGEST_WEIGHT);
        long earlier = values[position - (channel - j) * plane];
        shift += FixedPoint.shiftRounded(weight * earlier, WEIGHT_BITS);
      }
      return shift;
    }

    double shift(int column, double[] values, int position, int plane) {
      double shift = ownShift(column);
      for (int j = 0; j < channel; j++) {
        shift += weight(column, j) * values[position - (channel - j) * plane];
      }
      return shift;
    }

    float scale(int column) {
      return outputs.data()[rows[1] + column] + SCALE_CENTER;
    }

    /** The images of the knots, from their center outwards. */
    void images(int column, int[] images) {
      images[center] = 0;
      for (int i = center + 1; i < knots.length; i++) {
        images[i] = images[i - 1] + height(column, i - 1);
      }
      for (int i = center - 1; i >= 0; i--) {
        images[i] = images[i + 1] - height(column, i);
      }
    }

    double bend(int column, double t, LogDensity density) {
      double z = 0;
      for (int i = 0; i + 1 < knots.length; i++) {
        double low = (double) knots[i] / FixedPoint.ONE;
        double high = (double) knots[i + 1] / FixedPoint.ONE;
        double slope = SLOPES.limit(slope(column, i));
        double origin = Math.min(Math.max(0, low), high);
        z += (Math.min(Math.max(t, low), high) - origin) * Math.pow(2, slope);
        if (t >= low && t < high) {
          density.addBits(slope);
        }
      }
      if (knots.length == 0) {
        return t;
      }
      double first = (double) knots[0] / FixedPoint.ONE;
      double last = (double) knots[knots.length - 1] / FixedPoint.ONE;
      return z + Math.min(0, t - first) + Math.max(0, t - last);
    }

    private int height(int column, int interval) {
      long width = knots[interval + 1] - knots[interval];
      long height =
          FixedPoint.shiftRounded(
              width * SLOPES.at(slope(column, interval)), FixedPoint.SCALE_BITS);
      return (int) Math.max(1, height);
    }

    private float slope(int column, int interval) {
      return outputs.data()[rows[2 + interval] + column];
    }

    private float ownShift(int column) {
      return Math.fma(
          outputs.data()[rows[0] + column], SHIFT_UNIT, predictions.data()[prediction + column]);
    }

    private float weight(int column, int earlier) {
      return outputs.data()[rows[parameters() + earlier] + column];
    }
  }
}
