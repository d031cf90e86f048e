package dev.darkroom.compression.plain;

import dev.darkroom.compression.CodingInterruptedException;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.entropy.RansCoder;
import dev.darkroom.compression.entropy.UniformCoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Writes the modelled form of a plain stream, see {@link PlainCoder}.
 *
 * <p>The entropy coder is a stack, so the symbols of a segment are collected first and pushed from
 * the last to the first.
 */
final class PlainEncoder {
  private static final int FREQUENCY_SHIFT = 16;
  private static final int RAW_BITS_SHIFT = 33;
  private static final int RAW_SHIFT = 38;

  private final RasterImage image;
  private final PlainHeader header;
  private final PlaneModel[] models;
  private final int[] pixel = new int[4];

  /** Symbols: start (16 bits), frequency (17), number of raw bits (5), raw bits (26). */
  private final long[] symbols;

  private int symbolCount;

  PlainEncoder(RasterImage image) {
    this.image = image;
    header = PlainHeader.choose(image);
    models = header.newModels(image.width(), image.channels());
    int rowLength = image.width() * image.channels();
    symbols = new long[Segments.rows(image.width(), image.channels(), image.height()) * rowLength];
  }

  void writeTo(ByteArrayOutputStream out) {
    header.writeTo(out, image.channels());
    int rows = Segments.rows(image.width(), image.channels(), image.height());
    for (int y = 0; y < image.height(); y += rows) {
      symbolCount = 0;
      for (int i = y; i < Math.min(y + rows, image.height()); i++) {
        modelRow(i);
      }
      byte[] segment = push();
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(segment.length).array());
      out.writeBytes(segment);
    }
  }

  private void modelRow(int y) {
    CodingInterruptedException.check();
    int channels = image.channels();
    for (PlaneModel model : models) {
      model.beginRow(y == 0);
    }
    int index = y * image.width() * channels;
    for (int x = 0; x < image.width(); x++) {
      for (int c = 0; c < channels; c++) {
        int value = Samples.get(image.samples(), image.bitDepth(), index++);
        pixel[c] = header.valuesOf(c, channels).number(value);
      }
      header.transform().forward(pixel);
      int residual = 0;
      for (int c = 0; c < channels; c++) {
        PlaneModel model = models[c];
        model.prepare(x, residual);
        modelResidual(model.table(), pixel[c] - model.prediction());
        residual = model.accept(x, pixel[c]);
      }
    }
  }

  private void modelResidual(AdaptiveTable table, int residual) {
    int folded = ResidualTokens.fold(residual);
    int token = ResidualTokens.token(folded);
    int rawBits = ResidualTokens.rawBits(token);
    long raw = folded & (1 << rawBits) - 1;
    symbols[symbolCount++] =
        table.start(token)
            | (long) table.frequency(token) << FREQUENCY_SHIFT
            | (long) rawBits << RAW_BITS_SHIFT
            | raw << RAW_SHIFT;
    table.update(token);
  }

  private byte[] push() {
    BitStack stack = BitStack.forEncoding();
    RansCoder tokens = new RansCoder(stack);
    UniformCoder raws = new UniformCoder(stack);
    for (int i = symbolCount - 1; i >= 0; i--) {
      long symbol = symbols[i];
      int rawBits = (int) (symbol >>> RAW_BITS_SHIFT) & 31;
      if (rawBits > 0) {
        raws.encode((int) (symbol >>> RAW_SHIFT), 1L << rawBits);
      }
      tokens.encode(
          (int) symbol & 0xFFFF, symbol >>> FREQUENCY_SHIFT & 0x1FFFF, AdaptiveTable.PRECISION);
    }
    return stack.toBytes();
  }
}
