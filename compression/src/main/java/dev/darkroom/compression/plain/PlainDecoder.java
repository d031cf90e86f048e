package dev.darkroom.compression.plain;

import dev.darkroom.compression.CodingInterruptedException;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.entropy.CorruptStreamException;
import dev.darkroom.compression.entropy.RansCoder;
import dev.darkroom.compression.entropy.UniformCoder;
import java.nio.ByteBuffer;

/** Reads the modelled form of a plain stream, see {@link PlainCoder}. */
final class PlainDecoder {
  private final ByteBuffer in;
  private final ImageShape shape;
  private final PlainHeader header;
  private final PlaneModel[] models;
  private final byte[] samples;
  private final int[] pixel = new int[4];

  /**
   * Reads the header.
   *
   * @param in positioned after the form byte
   */
  PlainDecoder(ByteBuffer in, ImageShape shape) {
    this.in = in;
    this.shape = shape;
    header = PlainHeader.readFrom(in, shape);
    models = header.newModels(shape.width(), shape.channels());
    samples = new byte[(int) shape.rawBytes()];
  }

  RasterImage decode() {
    int rows = Segments.rows(shape.width(), shape.channels(), shape.height());
    for (int y = 0; y < shape.height(); y += rows) {
      BitStack stack = nextSegment();
      RansCoder tokens = new RansCoder(stack);
      UniformCoder raws = new UniformCoder(stack);
      for (int i = y; i < Math.min(y + rows, shape.height()); i++) {
        decodeRow(i, tokens, raws);
      }
      stack.requireSeedState();
    }
    if (in.hasRemaining()) {
      throw new CorruptStreamException("bytes follow the last segment");
    }
    return new RasterImage(
        shape.width(), shape.height(), shape.channels(), shape.bitDepth(), samples);
  }

  private BitStack nextSegment() {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new CorruptStreamException("a segment is cut short");
    }
    byte[] segment = new byte[length];
    in.get(segment);
    return BitStack.parse(segment);
  }

  private void decodeRow(int y, RansCoder tokens, UniformCoder raws) {
    CodingInterruptedException.check();
    int channels = shape.channels();
    for (PlaneModel model : models) {
      model.beginRow(y == 0);
    }
    int index = y * shape.width() * channels;
    for (int x = 0; x < shape.width(); x++) {
      int residual = 0;
      for (int c = 0; c < channels; c++) {
        PlaneModel model = models[c];
        model.prepare(x, residual);
        pixel[c] = model.prediction() + nextResidual(model.table(), tokens, raws);
        if (!model.inRange(pixel[c])) {
          throw new CorruptStreamException("a sample lies outside of its plane's range");
        }
        residual = model.accept(x, pixel[c]);
      }
      header.transform().inverse(pixel);
      for (int c = 0; c < channels; c++) {
        int value = header.valuesOf(c, channels).value(pixel[c]);
        Samples.set(samples, shape.bitDepth(), index++, value);
      }
    }
  }

  private static int nextResidual(AdaptiveTable table, RansCoder tokens, UniformCoder raws) {
    int token = table.find(tokens.peek(AdaptiveTable.PRECISION));
    tokens.advance(table.start(token), table.frequency(token), AdaptiveTable.PRECISION);
    int rawBits = ResidualTokens.rawBits(token);
    int raw = rawBits == 0 ? 0 : raws.decode(1L << rawBits);
    table.update(token);
    return ResidualTokens.unfold(ResidualTokens.join(token, raw));
  }
}
