package dev.darkroom.compression.context;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodingInterruptedException;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.CodecId;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.container.StreamCoder;
import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.plain.PlainCoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Codes 8-bit images by causal prediction, one image to a stream.
 *
 * <pre>
 * for 2 or 4 channels, the alpha channel:
 *   length    4   bytes, big endian
 *   stream    n   a plain stream of a grey image, see {@link PlainCoder}
 * for each segment of {@value #SEGMENT_ROWS} rows, the last may have fewer:
 *   length    4   bytes, big endian
 *   stack     n   see {@link BitStack}
 * </pre>
 *
 * <p>In a segment: plane by plane (green, red, blue; or grey), wavefront by wavefront (t = x + 2 y
 * ascending), row by row (y ascending), each sample by rANS with {@value LogisticMixture#PRECISION}
 * bits of precision. Segments do not depend on each other.
 */
public final class FastCoder implements StreamCoder {
  private static final int SEGMENT_ROWS = 512;

  private final LaneKernel kernel;
  private final InstalledModel model;
  private final PlainCoder alphaCoder = new PlainCoder();

  /** The coder with the installed model, in the fastest implementation that this JVM can run. */
  public FastCoder() {
    this(LaneKernels.BEST, InstalledModel.load());
  }

  FastCoder(LaneKernel kernel, InstalledModel model) {
    this.kernel = kernel;
    this.model = model;
  }

  /**
   * The coder with the installed model in the scalar reference implementation: the same streams,
   * slower.
   */
  public static FastCoder reference() {
    return new FastCoder(new ScalarLaneKernel(), InstalledModel.load());
  }

  @Override
  public CodecId id() {
    return CodecId.FAST;
  }

  @Override
  public Optional<Sha256> modelSha256() {
    return Optional.of(model.sha256());
  }

  @Override
  public boolean sharesStreams() {
    return false;
  }

  @Override
  public boolean supports(RasterImage image) {
    return image.bitDepth() == 8;
  }

  @Override
  public byte[] encode(List<RasterImage> images) {
    if (images.size() != 1) {
      throw new IllegalArgumentException(
          "a stream of the fast profile holds one image, not " + images.size());
    }
    RasterImage image = images.get(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (hasAlpha(image.channels())) {
      write(out, alphaCoder.encode(List.of(alphaOf(image))));
    }
    for (int row = 0; row < image.height(); row += SEGMENT_ROWS) {
      Segment segment = segment(image.width(), image.height(), image.channels(), row);
      write(out, new SegmentEncoder(segment).encode(image.samples()));
    }
    return out.toByteArray();
  }

  @Override
  public RasterImage decode(byte[] stream, List<ImageShape> shapes, int index)
      throws CodecException {
    if (shapes.size() != 1 || index != 0) {
      throw corrupt("it is shared by " + shapes.size() + " images", null);
    }
    ImageShape shape = shapes.get(0);
    if (shape.bitDepth() != 8) {
      throw corrupt("it is said to have " + shape.bitDepth() + " bits a sample", null);
    }
    ByteBuffer in = ByteBuffer.wrap(stream);
    byte[] samples = new byte[Math.toIntExact(shape.rawBytes())];
    try {
      if (hasAlpha(shape.channels())) {
        ImageShape grey = new ImageShape(shape.width(), shape.height(), 1, 8);
        putAlpha(alphaCoder.decode(read(in), List.of(grey), 0), samples, shape.channels());
      }
      for (int row = 0; row < shape.height(); row += SEGMENT_ROWS) {
        Segment segment = segment(shape.width(), shape.height(), shape.channels(), row);
        new SegmentDecoder(segment, BitStack.parse(read(in))).decode(samples);
      }
    } catch (CodingInterruptedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw corrupt(e.getMessage(), e);
    }
    return new RasterImage(shape.width(), shape.height(), shape.channels(), 8, samples);
  }

  private Segment segment(int width, int height, int channels, int row) {
    int planes = channels >= 3 ? 3 : 1;
    return new Segment(
        kernel,
        model.weights(),
        width,
        row,
        Math.min(SEGMENT_ROWS, height - row),
        planes,
        channels);
  }

  private static boolean hasAlpha(int channels) {
    return channels % 2 == 0;
  }

  private static RasterImage alphaOf(RasterImage image) {
    byte[] alpha = new byte[image.width() * image.height()];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = image.samples()[(i + 1) * image.channels() - 1];
    }
    return new RasterImage(image.width(), image.height(), 1, 8, alpha);
  }

  private static void putAlpha(RasterImage alpha, byte[] samples, int channels) {
    for (int i = 0; i < alpha.samples().length; i++) {
      samples[(i + 1) * channels - 1] = alpha.samples()[i];
    }
  }

  private static void write(ByteArrayOutputStream out, byte[] part) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    out.writeBytes(part);
  }

  private static byte[] read(ByteBuffer in) throws CodecException {
    int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw corrupt("a part of it is missing", null);
    }
    byte[] part = new byte[length];
    in.get(part);
    return part;
  }

  private static CodecException corrupt(String reason, Exception cause) {
    String message = "the stream of the fast profile is damaged: " + reason;
    return cause == null
        ? new CodecException(CodecException.Kind.CORRUPT, message)
        : new CodecException(CodecException.Kind.CORRUPT, message, cause);
  }
}
