package dev.darkroom.compression.flow;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.CodecId;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.container.StreamCoder;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The coder of the flow profile: RGB images of 8 bits and at least 32 pixels a side.
 *
 * <p>The images of a stream are grouped into segments, from the first on: a segment ends with the
 * image that brings it to a million samples or more. Bits-back coding costs a few kilobytes for
 * each segment, which its images share; to decode one image, its segment has to be decoded.
 *
 * <pre>
 * for each segment: 4 bytes, its length, big endian
 * for each segment: the segment, as {@link SegmentCoder} lays it out
 * </pre>
 *
 * <p>The segment decoded last is kept, so that reading all images one after the other decodes each
 * segment once.
 */
public final class FlowCoder implements StreamCoder {
  private static final int LEAST_SIDE = PatchPlan.SIDE;
  private static final int SEGMENT_SUBPIXELS = 1_000_000;

  private final FlowModel model;
  private final SegmentCoder segments;
  private final AtomicReference<Optional<Decoded>> latest = new AtomicReference<>(Optional.empty());

  /** What a segment was decoded to. */
  private record Decoded(Sha256 segment, List<ImageShape> shapes, List<RasterImage> images) {
    boolean isOf(Sha256 segment, List<ImageShape> shapes) {
      return this.segment.equals(segment) && this.shapes.equals(shapes);
    }
  }

  /** A coder with this model, which must code 3 channels. */
  public FlowCoder(FlowModel model) {
    this.model = Objects.requireNonNull(model, "model");
    if (model.flow().channels() != 3 || model.flow().granularity() > LEAST_SIDE) {
      throw new IllegalArgumentException(
          "the flow coder needs a flow of 3 channels whose patches may be 32 pixels wide");
    }
    segments = new SegmentCoder(model.flow());
  }

  @Override
  public CodecId id() {
    return CodecId.FLOW;
  }

  @Override
  public Optional<Sha256> modelSha256() {
    return Optional.of(model.sha256());
  }

  @Override
  public boolean sharesStreams() {
    return true;
  }

  @Override
  public boolean supports(RasterImage image) {
    return image.channels() == 3
        && image.bitDepth() == 8
        && image.width() >= LEAST_SIDE
        && image.height() >= LEAST_SIDE;
  }

  @Override
  public byte[] encode(List<RasterImage> images) {
    for (RasterImage image : images) {
      if (!supports(image)) {
        throw new IllegalArgumentException("the flow coder can't code " + image);
      }
    }
    List<byte[]> parts = new ArrayList<>();
    int first = 0;
    for (int count : segmentSizes(images.stream().map(ImageShape::of).toList())) {
      parts.add(segments.encode(images.subList(first, first + count)));
      first += count;
    }
    int bytes = parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact);
    ByteBuffer stream = ByteBuffer.allocate(Math.addExact(bytes, Integer.BYTES * parts.size()));
    parts.forEach(part -> stream.putInt(part.length));
    parts.forEach(stream::put);
    return stream.array();
  }

  @Override
  public RasterImage decode(byte[] stream, List<ImageShape> shapes, int index)
      throws CodecException {
    Objects.checkIndex(index, shapes.size());
    ByteBuffer lengths = ByteBuffer.wrap(stream);
    List<Integer> sizes = segmentSizes(shapes);
    int segment = 0;
    int first = 0;
    long start = (long) Integer.BYTES * sizes.size();
    try {
      while (index >= first + sizes.get(segment)) {
        start += Integer.toUnsignedLong(lengths.getInt());
        first += sizes.get(segment++);
      }
      long end = start + Integer.toUnsignedLong(lengths.getInt());
      if (end > stream.length) {
        throw new BufferUnderflowException();
      }
      byte[] bytes = Arrays.copyOfRange(stream, (int) start, (int) end);
      List<ImageShape> own = shapes.subList(first, first + sizes.get(segment));
      return copy(decodeSegment(bytes, own).get(index - first));
    } catch (BufferUnderflowException e) {
      throw new CodecException(
          CodecException.Kind.CORRUPT,
          "This stream of the flow coder ends before its last segment");
    }
  }

  private List<RasterImage> decodeSegment(byte[] bytes, List<ImageShape> shapes)
      throws CodecException {
    Sha256 hash = Sha256.of(bytes);
    Optional<Decoded> kept = latest.get().filter(decoded -> decoded.isOf(hash, shapes));
    if (kept.isPresent()) {
      return kept.get().images();
    }
    List<RasterImage> images = segments.decode(bytes, shapes);
    latest.set(
        shapes.size() > 1
            ? Optional.of(new Decoded(hash, List.copyOf(shapes), images))
            : Optional.empty());
    return images;
  }

  /** The number of images in each segment. */
  private static List<Integer> segmentSizes(List<ImageShape> shapes) {
    List<Integer> sizes = new ArrayList<>();
    int count = 0;
    long subpixels = 0;
    for (ImageShape shape : shapes) {
      count++;
      subpixels += shape.subpixels();
      if (subpixels >= SEGMENT_SUBPIXELS) {
        sizes.add(count);
        count = 0;
        subpixels = 0;
      }
    }
    if (count > 0) {
      sizes.add(count);
    }
    return sizes;
  }

  private static RasterImage copy(RasterImage image) {
    return new RasterImage(
        image.width(), image.height(), image.channels(), image.bitDepth(), image.samples().clone());
  }
}
