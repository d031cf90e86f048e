package dev.darkroom.compression;

import dev.darkroom.compression.container.ContainerLimits;
import dev.darkroom.compression.container.ContainerReader;
import dev.darkroom.compression.container.ContainerWriter;
import dev.darkroom.compression.container.StreamCoders;
import java.util.Objects;

/**
 * The project's codec: an image becomes a container with that one image.
 *
 * <p>The profile's coder codes what it supports, the plain coder the rest. A container is never
 * larger than the image's samples and some hundred bytes. Decoding needs no profile: the container
 * names its coder.
 */
public final class IFlowCodec implements ImageCodec {
  private final Profile profile;
  private final StreamCoders coders;
  private final ContainerLimits limits;

  /** A codec with the coders of this release and the default limits. */
  public IFlowCodec(Profile profile) {
    this(profile, InstalledCoders.all(), ContainerLimits.DEFAULT);
  }

  /** A codec with other coders, or other limits for decoding. */
  public IFlowCodec(Profile profile, StreamCoders coders, ContainerLimits limits) {
    this.profile = Objects.requireNonNull(profile, "profile");
    this.coders = Objects.requireNonNull(coders, "coders");
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /** The profile whose coder encodes. */
  public Profile profile() {
    return profile;
  }

  @Override
  public byte[] encode(RasterImage image) {
    ContainerWriter writer = new ContainerWriter(profile, coders);
    writer.add(image);
    return writer.toBytes();
  }

  @Override
  public RasterImage decode(byte[] payload) throws CodecException {
    ContainerReader reader = ContainerReader.open(payload, coders, limits);
    if (reader.imageCount() != 1) {
      throw new CodecException(
          CodecException.Kind.CORRUPT,
          "the container holds %d images, where one was expected; read it with ContainerReader"
              .formatted(reader.imageCount()));
    }
    return reader.decode(0);
  }
}
