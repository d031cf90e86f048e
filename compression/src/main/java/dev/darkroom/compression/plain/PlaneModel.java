package dev.darkroom.compression.plain;

import java.util.Arrays;

/**
 * Predicts the samples of one plane in raster order and learns from each.
 *
 * <p>Five predictors of the causal neighbourhood are blended, each weighted by the inverse square
 * of its errors nearby; a correction learnt for the local texture is added. The context of the
 * residual is the size of the residuals nearby and that of the previous plane's residual at the
 * same pixel; planes of at most four values take their neighbours' values as context instead.
 *
 * <p>For every pixel: {@link #prepare}, then code the residual with {@link #table}, then {@link
 * #accept}. The decoder does the same, so both see the same state.
 */
final class PlaneModel {
  private static final int PREDICTORS = 5;

  /** Columns kept on either side of a row, so that neighbours need no test for the border. */
  private static final int PAD = 2;

  private static final int FRACTION_BITS = 3;
  private static final int TEXTURES = 64;
  private static final int BIAS_ENERGIES = 8;
  private static final int BIAS_WINDOW = 64;
  private static final int CROSS_LEVELS = 6;
  private static final int FEW_VALUES = 4;

  private static final int[] WEIGHTS = new int[256];

  static {
    for (int error = 0; error < WEIGHTS.length; error++) {
      WEIGHTS[error] = (1 << 20) / ((error + 1) * (error + 1));
    }
  }

  private final int width;
  private final int low;
  private final int high;
  private final int tokens;
  private final boolean fewValues;

  private int[] row;
  private int[] above;
  private int[] twoAbove;
  private int[] residuals;
  private int[] residualsAbove;
  private final int[][] errors = new int[PREDICTORS][];
  private final int[][] errorsAbove = new int[PREDICTORS][];
  private final int[] candidates = new int[PREDICTORS];
  private final int[] biasSums = new int[TEXTURES * BIAS_ENERGIES];
  private final int[] biasCounts = new int[TEXTURES * BIAS_ENERGIES];
  private final AdaptiveTable[] tables;

  private boolean firstRow = true;
  private int prediction;
  private int unrounded;
  private int biasContext;
  private int context;
  private int scale;

  /**
   * A model before the first sample.
   *
   * @param width samples per row
   * @param low the least value of a sample
   * @param high the greatest value of a sample, {@code low} or more
   */
  PlaneModel(int width, int low, int high) {
    this.width = width;
    this.low = low;
    this.high = high;
    tokens = ResidualTokens.token(ResidualTokens.fold(high - low)) + 1;
    fewValues = high - low < FEW_VALUES;
    int length = width + 2 * PAD;
    row = new int[length];
    above = new int[length];
    twoAbove = new int[length];
    residuals = new int[length];
    residualsAbove = new int[length];
    for (int i = 0; i < PREDICTORS; i++) {
      errors[i] = new int[length];
      errorsAbove[i] = new int[length];
    }
    int energies = 2 * Integer.SIZE;
    tables = new AdaptiveTable[Math.max(energies * CROSS_LEVELS, 256)];
    Arrays.fill(row, (low + high + 1) >> 1);
    Arrays.fill(above, (low + high + 1) >> 1);
  }

  /** Begins the next row, which must be called before its first sample. */
  void beginRow(boolean first) {
    firstRow = first;
    if (first) {
      return;
    }
    int[] spare = twoAbove;
    twoAbove = above;
    above = row;
    row = spare;
    int[] spareResiduals = residualsAbove;
    residualsAbove = residuals;
    residuals = spareResiduals;
    extend(above);
    extend(residualsAbove);
    row[PAD - 1] = above[PAD];
    row[PAD - 2] = above[PAD];
    residuals[PAD - 1] = residualsAbove[PAD];
    for (int i = 0; i < PREDICTORS; i++) {
      int[] spareErrors = errorsAbove[i];
      errorsAbove[i] = errors[i];
      errors[i] = spareErrors;
      extend(errorsAbove[i]);
      errors[i][PAD - 1] = errorsAbove[i][PAD];
    }
  }

  private void extend(int[] values) {
    values[PAD - 1] = values[PAD];
    values[width + PAD] = values[width + PAD - 1];
  }

  /**
   * Predicts a sample.
   *
   * @param column from 0
   * @param crossResidual the magnitude of the previous plane's residual at this pixel; 0 in the
   *     first plane
   */
  void prepare(int column, int crossResidual) {
    int x = column + PAD;
    int west = row[x - 1];
    int north = firstRow ? west : above[x];
    int northWest = firstRow ? west : above[x - 1];
    int northEast = firstRow ? west : above[x + 1];
    int westWest = row[x - 2];
    int northNorth = firstRow ? west : twoAbove[x];
    candidates[0] = median(west, north, northWest);
    candidates[1] = west + northEast - north;
    candidates[2] = north + (north - northNorth) / 2;
    candidates[3] = (west + north) / 2 + (northEast - northWest) / 4;
    candidates[4] = west + (west - westWest) / 2;
    unrounded = blend(x);
    int energy =
        2 * (residuals[x - 1] + residualsAbove[x]) + residualsAbove[x - 1] + residualsAbove[x + 1];
    int level = quantise(energy);
    biasContext =
        texture(west, north, northWest, northEast, westWest, northNorth) * BIAS_ENERGIES
            + Math.min(level >> 1, BIAS_ENERGIES - 1);
    int corrected = unrounded + bias();
    int rounded = corrected + (1 << FRACTION_BITS - 1) >> FRACTION_BITS;
    prediction = Math.max(low, Math.min(high, rounded));
    if (fewValues) {
      context = ((west - low) * 4 + north - low) * 16 + (northWest - low) * 4 + northEast - low;
      scale = 1;
    } else {
      context = level * CROSS_LEVELS + Math.min(quantise(crossResidual) + 1 >> 1, CROSS_LEVELS - 1);
      scale = 1 + energy / 6;
    }
  }

  /** The predicted value, between the least and the greatest. */
  int prediction() {
    return prediction;
  }

  /** The probabilities of the residual's token. */
  AdaptiveTable table() {
    AdaptiveTable table = tables[context];
    if (table == null) {
      table = new AdaptiveTable(tokens, scale);
      tables[context] = table;
    }
    return table;
  }

  /** Whether a decoded value can be a sample of this plane. */
  boolean inRange(int value) {
    return value >= low && value <= high;
  }

  /**
   * Learns the sample that was coded.
   *
   * @return the magnitude of its residual
   */
  int accept(int column, int value) {
    int x = column + PAD;
    row[x] = value;
    int residual = Math.abs(value - prediction);
    residuals[x] = residual;
    for (int i = 0; i < PREDICTORS; i++) {
      errors[i][x] = Math.abs(value - candidates[i]);
    }
    biasSums[biasContext] += (value << FRACTION_BITS) - unrounded;
    if (++biasCounts[biasContext] == BIAS_WINDOW) {
      biasSums[biasContext] /= 2;
      biasCounts[biasContext] /= 2;
    }
    return residual;
  }

  private int blend(int x) {
    int[] sums = new int[PREDICTORS];
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < PREDICTORS; i++) {
      int[] here = errors[i];
      int[] up = errorsAbove[i];
      sums[i] = here[x - 1] + up[x] + (up[x - 1] + up[x + 1] >> 1);
      least = Math.min(least, sums[i]);
    }
    int shift = Math.max(0, 32 - Integer.numberOfLeadingZeros(least) - 6);
    long weighted = 0;
    long total = 0;
    for (int i = 0; i < PREDICTORS; i++) {
      int weight = WEIGHTS[Math.min(sums[i] >> shift, WEIGHTS.length - 1)];
      weighted += (long) weight * candidates[i];
      total += weight;
    }
    return (int) Math.floorDiv((weighted << FRACTION_BITS) + total / 2, total);
  }

  private int bias() {
    int count = biasCounts[biasContext];
    return count == 0 ? 0 : biasSums[biasContext] / (count + 1);
  }

  private int texture(int w, int n, int nw, int ne, int ww, int nn) {
    int pivot = unrounded >> FRACTION_BITS;
    return bit(w > pivot)
        | bit(n > pivot) << 1
        | bit(nw > pivot) << 2
        | bit(ne > pivot) << 3
        | bit(2 * w - ww > pivot) << 4
        | bit(2 * n - nn > pivot) << 5;
  }

  private static int bit(boolean set) {
    return set ? 1 : 0;
  }

  /** The median of west, north and west + north - northWest: the edge detector of LOCO-I. */
  private static int median(int west, int north, int northWest) {
    int low = Math.min(west, north);
    int high = Math.max(west, north);
    return Math.max(low, Math.min(high, west + north - northWest));
  }

  /** 0, 1, 2, 3, 4-5, 6-7, 8-11, 12-15, ...: two steps to an octave, below 64. */
  private static int quantise(int magnitude) {
    if (magnitude < 2) {
      return magnitude;
    }
    int exponent = 31 - Integer.numberOfLeadingZeros(magnitude);
    return 2 * exponent + (magnitude >>> exponent - 1 & 1);
  }
}
