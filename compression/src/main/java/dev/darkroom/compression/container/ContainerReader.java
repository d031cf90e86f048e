package dev.darkroom.compression.container;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import dev.darkroom.compression.CodingInterruptedException;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.ContainerFormat.Header;
import dev.darkroom.compression.container.Directory.CoderEntry;
import dev.darkroom.compression.container.Directory.ImageEntry;
import dev.darkroom.compression.container.Directory.MetadataEntry;
import dev.darkroom.compression.container.Directory.StreamEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a container: what is in it, and any one image of it. Immutable and thread-safe.
 *
 * <p>Opening reads the header alone. Decoding an image checks its stream's checksum first and the
 * hash of its pixels last, so what is returned is what was encoded.
 */
public final class ContainerReader {
  private final byte[] bytes;
  private final Directory directory;
  private final StreamCoders coders;

  /** Where each stream begins. */
  private final int[] streamStarts;

  /** Where the metadata block of each image begins, or would. */
  private final int[] metadataStarts;

  private ContainerReader(byte[] bytes, Header header, StreamCoders coders) {
    this.bytes = bytes;
    this.directory = header.directory();
    this.coders = coders;
    this.streamStarts = new int[directory.streams().size()];
    this.metadataStarts = new int[directory.images().size()];
    int position = header.end();
    for (int i = 0; i < streamStarts.length; i++) {
      streamStarts[i] = position;
      position += directory.streams().get(i).length();
    }
    for (int i = 0; i < metadataStarts.length; i++) {
      metadataStarts[i] = position;
      position += directory.images().get(i).metadata().map(MetadataEntry::length).orElse(0);
    }
  }

  /**
   * Opens a container.
   *
   * @param bytes the whole container; not copied, and not to be written to afterwards
   * @param coders the coders at hand; which of them are needed shows only on decoding
   * @param limits what to accept
   * @throws CodecException where the header is damaged or of a newer version, the bytes are cut
   *     short, or a limit is exceeded
   */
  public static ContainerReader open(byte[] bytes, StreamCoders coders, ContainerLimits limits)
      throws CodecException {
    Objects.requireNonNull(coders, "coders");
    return new ContainerReader(bytes, ContainerFormat.readHeader(bytes, limits), coders);
  }

  /** The number of images, 1 or more. */
  public int imageCount() {
    return directory.images().size();
  }

  /** The profile that the writer was asked for. */
  public Profile profile() {
    return directory.profile();
  }

  /**
   * What is known of an image without decoding it.
   *
   * @param index 0 to {@code imageCount() - 1}
   */
  public ImageInfo info(int index) {
    ImageEntry image = directory.images().get(index);
    StreamEntry stream = directory.streams().get(image.stream());
    CoderEntry coder = directory.coders().get(stream.coder());
    return new ImageInfo(
        image.shape(),
        coder.id(),
        coder.modelSha256(),
        image.stream(),
        positionInStream(index),
        stream.length(),
        image.pixels(),
        image.metadata().isPresent());
  }

  /**
   * The metadata block of an image, if it has one.
   *
   * @param index 0 to {@code imageCount() - 1}
   * @throws CodecException of kind {@code CORRUPT} where the block does not match its checksum
   */
  public Optional<byte[]> metadata(int index) throws CodecException {
    Optional<MetadataEntry> entry = directory.images().get(index).metadata();
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        slice(metadataStarts[index], entry.get().length(), entry.get().crc(), "metadata block"));
  }

  /**
   * Decodes one image.
   *
   * @param index 0 to {@code imageCount() - 1}
   * @return the image, whose hash is the stored one
   * @throws CodecException where its stream is damaged, or the coder or model is not at hand
   */
  public RasterImage decode(int index) throws CodecException {
    ImageEntry image = directory.images().get(index);
    StreamEntry entry = directory.streams().get(image.stream());
    StreamCoder coder = findCoder(directory.coders().get(entry.coder()));
    byte[] stream = slice(streamStarts[image.stream()], entry.length(), entry.crc(), "stream");
    RasterImage decoded = decode(coder, stream, shapesOf(image.stream()), positionInStream(index));
    if (!Sha256.ofPixels(decoded).equals(image.pixels())) {
      throw ByteReader.corrupt("the pixels of image " + index + " do not match their hash");
    }
    return decoded;
  }

  private StreamCoder findCoder(CoderEntry entry) throws CodecException {
    Optional<StreamCoder> found = coders.find(entry.id());
    if (found.isEmpty()) {
      throw new CodecException(
          Kind.UNKNOWN_MODEL,
          "the image was coded by '%s', which is not installed; install the release of Darkroom that has it"
              .formatted(entry.id().id()));
    }
    Optional<Sha256> model = found.get().modelSha256();
    if (!model.equals(entry.modelSha256())) {
      throw new CodecException(
          Kind.UNKNOWN_MODEL,
          "the image was coded by '%s' with model %s, but model %s is installed; install the model that it names"
              .formatted(entry.id().id(), name(entry.modelSha256()), name(model)));
    }
    return found.get();
  }

  /** A coder given a damaged stream must not take the caller down with it. */
  private static RasterImage decode(
      StreamCoder coder, byte[] stream, List<ImageShape> shapes, int index) throws CodecException {
    try {
      return coder.decode(stream, shapes, index);
    } catch (CodingInterruptedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CodecException(
          Kind.CORRUPT,
          "the stream is damaged: the coder '%s' stopped with %s; restore it from another copy"
              .formatted(coder.id().id(), e),
          e);
    }
  }

  private List<ImageShape> shapesOf(int stream) {
    List<ImageShape> shapes = new ArrayList<>();
    for (ImageEntry image : directory.images()) {
      if (image.stream() == stream) {
        shapes.add(image.shape());
      }
    }
    return shapes;
  }

  private int positionInStream(int index) {
    int stream = directory.images().get(index).stream();
    int position = 0;
    for (int i = 0; i < index; i++) {
      if (directory.images().get(i).stream() == stream) {
        position++;
      }
    }
    return position;
  }

  private byte[] slice(int start, int length, int crc, String what) throws CodecException {
    if (ContainerFormat.crc(bytes, start, start + length) != crc) {
      throw ByteReader.corrupt("a " + what + " does not match its checksum");
    }
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  private static String name(Optional<Sha256> model) {
    return model.map(Sha256::toHex).orElse("(none)");
  }
}
