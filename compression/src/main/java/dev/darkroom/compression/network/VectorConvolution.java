package dev.darkroom.compression.network;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Convolution} with one vector lane per pixel.
 *
 * <p>A tile is one vector of neighbouring pixels in eight output channels, whose eight sums stay in
 * registers while all inputs pass by. Each tile is one call of a small static method: the compiler
 * keeps vectors in registers there, and boxes them in a larger one.
 *
 * <p>Loading this class needs the module {@code jdk.incubator.vector}.
 */
final class VectorConvolution implements Convolution {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int BLOCK = 8;

  private final ConvolutionWeights weights;

  /**
   * Weights by block of eight output channels, input channel, row, column, channel in the block.
   */
  private final float[] packed;

  /** Biases by output channel, zeros up to the next multiple of eight. */
  private final float[] biases;

  VectorConvolution(ConvolutionWeights weights) {
    this.weights = Objects.requireNonNull(weights, "weights");
    int taps = weights.inputs() * weights.side() * weights.side();
    int blocks = (weights.outputs() + BLOCK - 1) / BLOCK;
    packed = new float[blocks * taps * BLOCK];
    biases = new float[blocks * BLOCK];
    for (int o = 0; o < weights.outputs(); o++) {
      biases[o] = weights.biases()[o];
      for (int t = 0; t < taps; t++) {
        packed[(o / BLOCK * taps + t) * BLOCK + o % BLOCK] = weights.weights()[o * taps + t];
      }
    }
  }

  @Override
  public ConvolutionWeights weights() {
    return weights;
  }

  @Override
  public void apply(FeatureMaps input, FeatureMaps output) {
    KernelSelection.requireFit(weights, input, output);
    for (int o = 0; o < biases.length; o += BLOCK) {
      if (input.columns() % LANES == 0) {
        rowByRow(input, output, o);
      } else {
        flat(input, output, o);
      }
    }
    if (weights.rectified()) {
      int start = output.first;
      for (int o = 0; o < weights.outputs(); o++, start += output.planeSize) {
        rectify(output.data, start, start + output.area());
      }
    }
  }

  /** Tiles that fill the rows exactly and leave the border alone. */
  private void rowByRow(FeatureMaps input, FeatureMaps output, int o) {
    for (int image = 0; image < input.images(); image++) {
      for (int row = 0; row < input.rows(); row++) {
        int start = input.index(0, image, row);
        for (int p = start; p < start + input.columns(); p += LANES) {
          tile(input, output, o, p);
        }
      }
    }
  }

  /** Tiles over whole planes, borders included, with less than one vector of guard at the end. */
  private void flat(FeatureMaps input, FeatureMaps output, int o) {
    int end = input.first + input.area();
    for (int p = input.first; p < end; p += LANES) {
      tile(input, output, o, p);
    }
  }

  private void tile(FeatureMaps input, FeatureMaps output, int o, int position) {
    int target = o * output.planeSize + position;
    if (weights.side() == 3) {
      tile3(
          input.data,
          position,
          input.planeSize,
          input.pitch,
          weights.inputs(),
          packed,
          o * weights.inputs() * 9,
          biases,
          o,
          output.data,
          target,
          output.planeSize);
    } else {
      tile1(
          input.data,
          position,
          input.planeSize,
          weights.inputs(),
          packed,
          o * weights.inputs(),
          biases,
          o,
          output.data,
          target,
          output.planeSize);
    }
  }

  private static void tile3(
      float[] in,
      int position,
      int plane,
      int pitch,
      int inputs,
      float[] w,
      int firstWeight,
      float[] bias,
      int o,
      float[] out,
      int target,
      int outPlane) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, bias[o]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, bias[o + 1]);
    FloatVector a2 = FloatVector.broadcast(SPECIES, bias[o + 2]);
    FloatVector a3 = FloatVector.broadcast(SPECIES, bias[o + 3]);
    FloatVector a4 = FloatVector.broadcast(SPECIES, bias[o + 4]);
    FloatVector a5 = FloatVector.broadcast(SPECIES, bias[o + 5]);
    FloatVector a6 = FloatVector.broadcast(SPECIES, bias[o + 6]);
    FloatVector a7 = FloatVector.broadcast(SPECIES, bias[o + 7]);
    int k = firstWeight;
    for (int i = 0; i < inputs; i++) {
      int base = position + i * plane - pitch - 1;
      for (int t = 0; t < 9; t++) {
        FloatVector v = FloatVector.fromArray(SPECIES, in, base + t / 3 * pitch + t % 3);
        a0 = v.fma(FloatVector.broadcast(SPECIES, w[k]), a0);
        a1 = v.fma(FloatVector.broadcast(SPECIES, w[k + 1]), a1);
        a2 = v.fma(FloatVector.broadcast(SPECIES, w[k + 2]), a2);
        a3 = v.fma(FloatVector.broadcast(SPECIES, w[k + 3]), a3);
        a4 = v.fma(FloatVector.broadcast(SPECIES, w[k + 4]), a4);
        a5 = v.fma(FloatVector.broadcast(SPECIES, w[k + 5]), a5);
        a6 = v.fma(FloatVector.broadcast(SPECIES, w[k + 6]), a6);
        a7 = v.fma(FloatVector.broadcast(SPECIES, w[k + 7]), a7);
        k += BLOCK;
      }
    }
    a0.intoArray(out, target);
    a1.intoArray(out, target + outPlane);
    a2.intoArray(out, target + 2 * outPlane);
    a3.intoArray(out, target + 3 * outPlane);
    a4.intoArray(out, target + 4 * outPlane);
    a5.intoArray(out, target + 5 * outPlane);
    a6.intoArray(out, target + 6 * outPlane);
    a7.intoArray(out, target + 7 * outPlane);
  }

  private static void tile1(
      float[] in,
      int position,
      int plane,
      int inputs,
      float[] w,
      int firstWeight,
      float[] bias,
      int o,
      float[] out,
      int target,
      int outPlane) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, bias[o]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, bias[o + 1]);
    FloatVector a2 = FloatVector.broadcast(SPECIES, bias[o + 2]);
    FloatVector a3 = FloatVector.broadcast(SPECIES, bias[o + 3]);
    FloatVector a4 = FloatVector.broadcast(SPECIES, bias[o + 4]);
    FloatVector a5 = FloatVector.broadcast(SPECIES, bias[o + 5]);
    FloatVector a6 = FloatVector.broadcast(SPECIES, bias[o + 6]);
    FloatVector a7 = FloatVector.broadcast(SPECIES, bias[o + 7]);
    int k = firstWeight;
    for (int i = 0; i < inputs; i++) {
      FloatVector v = FloatVector.fromArray(SPECIES, in, position + i * plane);
      a0 = v.fma(FloatVector.broadcast(SPECIES, w[k]), a0);
      a1 = v.fma(FloatVector.broadcast(SPECIES, w[k + 1]), a1);
      a2 = v.fma(FloatVector.broadcast(SPECIES, w[k + 2]), a2);
      a3 = v.fma(FloatVector.broadcast(SPECIES, w[k + 3]), a3);
      a4 = v.fma(FloatVector.broadcast(SPECIES, w[k + 4]), a4);
      a5 = v.fma(FloatVector.broadcast(SPECIES, w[k + 5]), a5);
      a6 = v.fma(FloatVector.broadcast(SPECIES, w[k + 6]), a6);
      a7 = v.fma(FloatVector.broadcast(SPECIES, w[k + 7]), a7);
      k += BLOCK;
    }
    a0.intoArray(out, target);
    a1.intoArray(out, target + outPlane);
    a2.intoArray(out, target + 2 * outPlane);
    a3.intoArray(out, target + 3 * outPlane);
    a4.intoArray(out, target + 4 * outPlane);
    a5.intoArray(out, target + 5 * outPlane);
    a6.intoArray(out, target + 6 * outPlane);
    a7.intoArray(out, target + 7 * outPlane);
  }

  private static void rectify(float[] out, int from, int to) {
    for (int p = from; p < to; p++) {
      out[p] = Math.max(out[p], 0);
    }
  }
}
