package dev.darkroom.compression.plain;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodingInterruptedException;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.CodecId;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.container.StreamCoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Codes any image without a trained model, one image to a stream.
 *
 * <pre>
 * form              1   00: the samples follow as they are; 01: modelled, as follows
 * colour transform  1   00 none, 01 YCoCg-R, 02 red and blue less green
 * colour values     n   see {@link ValueSet}
 * alpha values      n   only for 2 or 4 channels: see {@link ValueSet}
 * for each segment      max(1, floor(2^19 / (width x channels))) rows, the last may have fewer
 *   length          4   bytes, big endian
 *   stack           n   see {@link dev.darkroom.compression.entropy.BitStack}
 * </pre>
 *
 * <p>In a segment, for each pixel in raster order and each plane: the residual's token by the
 * adaptive table of its context with rANS at 16 bits of precision, then its raw bits as a uniform
 * number. Planes' models run through all segments. The stream is at most one byte longer than the
 * samples.
 */
public final class PlainCoder implements StreamCoder {
  private static final int RAW = 0;
  private static final int MODELLED = 1;

  @Override
  public CodecId id() {
    return CodecId.PLAIN;
  }

  @Override
  public Optional<Sha256> modelSha256() {
    return Optional.empty();
  }

  @Override
  public boolean sharesStreams() {
    return false;
  }

  @Override
  public boolean supports(RasterImage image) {
    return true;
  }

  @Override
  public byte[] encode(List<RasterImage> images) {
    if (images.size() != 1) {
      throw new IllegalArgumentException("a plain stream holds one image, not " + images.size());
    }
    RasterImage image = images.get(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(MODELLED);
    new PlainEncoder(image).writeTo(out);
    return out.size() <= image.samples().length ? out.toByteArray() : raw(image);
  }

  private static byte[] raw(RasterImage image) {
    byte[] stream = new byte[1 + image.samples().length];
    stream[0] = RAW;
    System.arraycopy(image.samples(), 0, stream, 1, image.samples().length);
    return stream;
  }

  @Override
  public RasterImage decode(byte[] stream, List<ImageShape> shapes, int index)
      throws CodecException {
    if (shapes.size() != 1 || index != 0) {
      throw corrupt("it is shared by " + shapes.size() + " images");
    }
    ImageShape shape = shapes.get(0);
    ByteBuffer in = ByteBuffer.wrap(stream);
    int form = in.hasRemaining() ? in.get() : -1;
    return switch (form) {
      case RAW -> {
        if (in.remaining() != shape.rawBytes()) {
          throw corrupt("it does not hold as many samples as the image has");
        }
        byte[] samples = Arrays.copyOfRange(stream, 1, stream.length);
        yield new RasterImage(
            shape.width(), shape.height(), shape.channels(), shape.bitDepth(), samples);
      }
      case MODELLED -> decodeModelled(in, shape);
      default -> throw corrupt("it has an unknown form");
    };
  }

  private static RasterImage decodeModelled(ByteBuffer in, ImageShape shape) throws CodecException {
    try {
      return new PlainDecoder(in, shape).decode();
    } catch (CodingInterruptedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CodecException(
          CodecException.Kind.CORRUPT, "the plain stream is damaged: " + e.getMessage(), e);
    }
  }

  private static CodecException corrupt(String reason) {
    return new CodecException(
        CodecException.Kind.CORRUPT, "the plain stream is damaged: " + reason);
  }
}
