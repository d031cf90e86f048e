package dev.darkroom.compression.flow;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodingInterruptedException;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.container.StreamCoder;
import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.entropy.CorruptStreamException;
import dev.darkroom.compression.plain.PlainCoder;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Codes a few images into one segment, all their patches on one stack of bits.
 *
 * <pre>
 * for each image, for each of its edge strips:
 *   4 bytes  the length of the strip's stream, big endian
 *   n bytes  the strip by the plain coder
 * the rest   the stack, as {@link BitStack} lays it out
 * </pre>
 *
 * The batches of {@link PatchPlan} are pushed in the plan's order and popped in the reverse order.
 */
final class SegmentCoder {
  private final Flow flow;
  private final StreamCoder plain = new PlainCoder();

  SegmentCoder(Flow flow) {
    this.flow = flow;
  }

  byte[] encode(List<RasterImage> images) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (RasterImage image : images) {
      for (EdgeStrip strip : EdgeStrip.of(ImageShape.of(image), flow.granularity())) {
        RasterImage part =
            PixelCopy.crop(image, strip.top(), strip.left(), strip.rows(), strip.columns());
        byte[] stream = plain.encode(List.of(part));
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(stream.length).array());
        out.writeBytes(stream);
      }
    }
    BitStack bits = BitStack.forEncoding();
    List<ImageShape> shapes = images.stream().map(ImageShape::of).toList();
    for (List<Patch> batch : PatchPlan.batches(shapes, flow.granularity())) {
      CodingInterruptedException.check();
      flow.encode(PixelCopy.gather(batch, images), bits);
    }
    out.writeBytes(bits.toBytes());
    return out.toByteArray();
  }

  /**
   * Decodes all images of a segment.
   *
   * @throws CodecException of kind {@code CORRUPT} where the segment can't be one of this flow
   */
  List<RasterImage> decode(byte[] segment, List<ImageShape> shapes) throws CodecException {
    ByteBuffer buffer = ByteBuffer.wrap(segment);
    List<RasterImage> images = new ArrayList<>();
    try {
      for (ImageShape shape : shapes) {
        RasterImage image = blank(shape);
        for (EdgeStrip strip : EdgeStrip.of(shape, flow.granularity())) {
          byte[] stream = new byte[requireLength(buffer.getInt(), buffer.remaining())];
          buffer.get(stream);
          RasterImage part = plain.decode(stream, List.of(strip.shape(shape)), 0);
          PixelCopy.paste(part, image, strip.top(), strip.left());
        }
        images.add(image);
      }
      BitStack bits = BitStack.parse(segment, buffer.position(), buffer.remaining());
      List<List<Patch>> batches = PatchPlan.batches(shapes, flow.granularity());
      for (int i = batches.size() - 1; i >= 0; i--) {
        CodingInterruptedException.check();
        Patch size = batches.get(i).get(0);
        FixedPointTensor samples =
            flow.decode(batches.get(i).size(), size.rows(), size.columns(), bits);
        PixelCopy.scatter(samples, batches.get(i), images);
      }
      bits.requireSeedState();
    } catch (CorruptStreamException | FixedPointRangeException e) {
      throw corrupt(e.getMessage());
    } catch (BufferUnderflowException e) {
      throw corrupt("The segment ends before its last strip");
    }
    return images;
  }

  private static RasterImage blank(ImageShape shape) {
    byte[] samples = new byte[Math.toIntExact(shape.rawBytes())];
    return new RasterImage(
        shape.width(), shape.height(), shape.channels(), shape.bitDepth(), samples);
  }

  private static int requireLength(int length, int available) throws CodecException {
    if (length < 0 || length > available) {
      throw corrupt("A strip of " + length + " bytes does not fit into the segment");
    }
    return length;
  }

  private static CodecException corrupt(String reason) {
    return new CodecException(
        CodecException.Kind.CORRUPT, "This is no stream of the flow coder: " + reason);
  }
}
