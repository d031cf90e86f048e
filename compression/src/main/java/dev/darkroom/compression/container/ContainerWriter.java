package dev.darkroom.compression.container;

import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.Directory.CoderEntry;
import dev.darkroom.compression.container.Directory.ImageEntry;
import dev.darkroom.compression.container.Directory.MetadataEntry;
import dev.darkroom.compression.container.Directory.StreamEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Collects images and writes them as one container.
 *
 * <p>An image goes to the coder of the profile where that is at hand, supports the image and makes
 * it smaller than its samples; otherwise to the plain coder, whose streams exceed the samples by at
 * most one byte. Not thread-safe; used once.
 */
public final class ContainerWriter {
  private record Pending(RasterImage image, Optional<byte[]> metadata) {}

  private record Stream(StreamCoder coder, byte[] bytes) {}

  private final Profile profile;
  private final StreamCoders coders;
  private final List<Pending> pending = new ArrayList<>();

  /**
   * A writer without images yet.
   *
   * @param profile the profile whose coder is preferred, and which the header names
   * @param coders the coders at hand
   */
  public ContainerWriter(Profile profile, StreamCoders coders) {
    this.profile = Objects.requireNonNull(profile, "profile");
    this.coders = Objects.requireNonNull(coders, "coders");
  }

  /** Adds an image without metadata; its index is the number of images added before. */
  public void add(RasterImage image) {
    pending.add(new Pending(Objects.requireNonNull(image, "image"), Optional.empty()));
  }

  /** Adds an image with a metadata block of any content; not copied. */
  public void add(RasterImage image, byte[] metadata) {
    Objects.requireNonNull(metadata, "metadata");
    pending.add(new Pending(Objects.requireNonNull(image, "image"), Optional.of(metadata)));
  }

  /**
   * Encodes all images.
   *
   * @return the container
   * @throws IllegalStateException where no image was added, or the container would exceed 2 GiB
   */
  public byte[] toBytes() {
    if (pending.isEmpty()) {
      throw new IllegalStateException("a container holds at least one image; add one first");
    }
    List<Stream> streams = new ArrayList<>();
    int[] streamOf = encodeStreams(streams);
    byte[] header = ContainerFormat.writeHeader(directory(streams, streamOf));
    return concatenate(header, streams);
  }

  private int[] encodeStreams(List<Stream> streams) {
    int[] streamOf = new int[pending.size()];
    Optional<StreamCoder> preferred = coders.find(CodecId.of(profile));
    List<Integer> shared = new ArrayList<>();
    List<Integer> plain = new ArrayList<>();
    for (int i = 0; i < streamOf.length; i++) {
      if (preferred.isEmpty() || !preferred.get().supports(pending.get(i).image())) {
        plain.add(i);
      } else if (preferred.get().sharesStreams()) {
        shared.add(i);
      } else if (!tryStream(preferred.get(), List.of(i), streams, streamOf)) {
        plain.add(i);
      }
    }
    if (!shared.isEmpty() && !tryStream(preferred.orElseThrow(), shared, streams, streamOf)) {
      plain.addAll(shared);
    }
    for (int i : plain) {
      byte[] bytes = coders.plain().encode(List.of(pending.get(i).image()));
      streamOf[i] = streams.size();
      streams.add(new Stream(coders.plain(), bytes));
    }
    return streamOf;
  }

  /** Adds one stream of the images with these indices, unless it is larger than their samples. */
  private boolean tryStream(
      StreamCoder coder, List<Integer> indices, List<Stream> streams, int[] streamOf) {
    List<RasterImage> images = new ArrayList<>();
    long rawBytes = 0;
    for (int i : indices) {
      images.add(pending.get(i).image());
      rawBytes += pending.get(i).image().samples().length;
    }
    byte[] bytes = coder.encode(images);
    if (bytes.length > rawBytes) {
      return false;
    }
    for (int i : indices) {
      streamOf[i] = streams.size();
    }
    streams.add(new Stream(coder, bytes));
    return true;
  }

  private Directory directory(List<Stream> streams, int[] streamOf) {
    List<CoderEntry> coderEntries = new ArrayList<>();
    List<StreamEntry> streamEntries = new ArrayList<>();
    for (Stream stream : streams) {
      CoderEntry coder = new CoderEntry(stream.coder().id(), stream.coder().modelSha256());
      if (!coderEntries.contains(coder)) {
        coderEntries.add(coder);
      }
      byte[] bytes = stream.bytes();
      streamEntries.add(
          new StreamEntry(
              coderEntries.indexOf(coder),
              bytes.length,
              ContainerFormat.crc(bytes, 0, bytes.length)));
    }
    List<ImageEntry> imageEntries = new ArrayList<>();
    for (int i = 0; i < streamOf.length; i++) {
      RasterImage image = pending.get(i).image();
      imageEntries.add(
          new ImageEntry(
              ImageShape.of(image),
              streamOf[i],
              Sha256.ofPixels(image),
              pending
                  .get(i)
                  .metadata()
                  .map(m -> new MetadataEntry(m.length, ContainerFormat.crc(m, 0, m.length)))));
    }
    return new Directory(profile, coderEntries, streamEntries, imageEntries);
  }

  private byte[] concatenate(byte[] header, List<Stream> streams) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(header);
    streams.forEach(stream -> parts.add(stream.bytes()));
    pending.forEach(image -> image.metadata().ifPresent(parts::add));
    long length = parts.stream().mapToLong(part -> part.length).sum();
    if (length > Integer.MAX_VALUE - 16) {
      throw new IllegalStateException(
          "the container would take %d bytes, over 2 GiB; put fewer images into it"
              .formatted(length));
    }
    byte[] all = new byte[(int) length];
    int position = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, position, part.length);
      position += part.length;
    }
    return all;
  }
}
