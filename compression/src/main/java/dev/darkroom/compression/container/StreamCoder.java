package dev.darkroom.compression.container;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * Turns images into one stream of bytes and back. Lossless, deterministic on every machine, and
 * thread-safe.
 *
 * <p>A stream holds neither shapes nor checksums: the container keeps them, checks the stream's
 * checksum before {@link #decode} is called and the pixels' hash after.
 */
public interface StreamCoder {
  /** The number under which containers name this coder. */
  CodecId id();

  /** The hash of the trained model that the streams depend on; empty for a coder without one. */
  Optional<Sha256> modelSha256();

  /**
   * Whether a stream gains from holding many images. The container gives a sharing coder all its
   * images at once, any other one image per stream.
   */
  boolean sharesStreams();

  /** Whether this coder can code images of this shape and content. */
  boolean supports(RasterImage image);

  /**
   * Codes images into one stream.
   *
   * @param images one or more images, each of which is {@linkplain #supports supported}; exactly
   *     one where the coder does not {@linkplain #sharesStreams share streams}
   * @return the stream
   */
  byte[] encode(List<RasterImage> images);

  /**
   * Decodes one image of a stream.
   *
   * @param stream what {@link #encode} returned; damaged streams must be survived
   * @param shapes the shapes of all images in the stream, in the order of {@link #encode}, within
   *     the limits of the caller
   * @param index which of them is wanted, from 0
   * @return the image, of the shape asked for
   * @throws CodecException of kind {@code CORRUPT} where the stream can't be one of this coder
   */
  RasterImage decode(byte[] stream, List<ImageShape> shapes, int index) throws CodecException;
}
