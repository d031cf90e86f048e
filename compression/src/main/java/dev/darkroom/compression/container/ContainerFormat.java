package dev.darkroom.compression.container;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.Directory.CoderEntry;
import dev.darkroom.compression.container.Directory.ImageEntry;
import dev.darkroom.compression.container.Directory.MetadataEntry;
import dev.darkroom.compression.container.Directory.StreamEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The container's layout, version 1, and its parser.
 *
 * <pre>
 * header
 *   magic            4   89 69 46 6C  (0x89 "iFl")
 *   format version   1   01
 *   body length      v   bytes of the body, 1 or more
 *   body                 as below
 *   header checksum  4   CRC-32C of everything before it
 * streams                one after the other, in the order of the directory
 * metadata blocks        one after the other, in the order of the images that have one
 *
 * body
 *   flags            1   00; other values are reserved
 *   profile code     1   01 fast, 02 flow: what the writer was asked for
 *   coder count      v   1 or more
 *   for each coder
 *     coder id       1   low 7 bits: 0 plain, 1 fast, 2 flow; bit 7: a model hash follows
 *     model hash    32   SHA-256 of the trained model, only where bit 7 is set
 *   stream count     v   1 or more
 *   for each stream
 *     coder index    v   which of the coders above
 *     length         v   bytes
 *     checksum       4   CRC-32C of the stream
 *   image count      v   1 or more
 *   for each image
 *     shape          1   bits 0-1: channels - 1; bit 2: 16 bits a sample, not 8;
 *                        bit 3: has metadata; bits 4-7: 0
 *     width          v   1 to 65,535
 *     height         v   1 to 65,535
 *     stream index   v   which of the streams above
 *     pixel hash    32   SHA-256 of width (4 bytes), height (4), channels (1), bit depth (1) and
 *                        the samples, row by row, pixel by pixel, 16-bit samples in two bytes
 *     metadata length    v   only with metadata: bytes
 *     metadata checksum  4   only with metadata: CRC-32C of the block
 * </pre>
 *
 * <p>All fixed-size numbers are big endian. {@code v} is a varint of 1 to 5 bytes: seven bits a
 * byte, lowest bits first, bit 7 set on every byte but the last, never longer than needed, at most
 * 2^31 - 1. An image's position within its stream is the number of earlier images with the same
 * stream index; every stream has an image. Nothing follows the last metadata block.
 *
 * <p>A single-image container without metadata costs about 94 bytes beyond its stream, of which 64
 * are the two hashes; 62 with a coder that has no model.
 *
 * <p>A reader refuses a greater version than its own, unknown flags, coders and profiles, and every
 * deviation from the above. The magic's first byte is not ASCII and the header has a checksum, so
 * that a text-mode transfer and any flipped bit are noticed.
 */
public final class ContainerFormat {
  /** The version that this code writes, and the greatest that it reads. */
  public static final int VERSION = 1;

  private static final byte[] MAGIC = {(byte) 0x89, 'i', 'F', 'l'};
  private static final int MODEL_FLAG = 0x80;
  private static final int DEPTH_16_FLAG = 4;
  private static final int METADATA_FLAG = 8;
  private static final int CHECKSUM_BYTES = 4;

  /** The fewest bytes that one entry of each list takes. */
  private static final int LEAST_CODER = 1;

  private static final int LEAST_STREAM = 6;
  private static final int LEAST_IMAGE = 36;

  private ContainerFormat() {}

  /** Whether the bytes begin as every container, of any version, does. */
  public static boolean isContainer(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** The parsed header and the index of the first byte after it. */
  record Header(Directory directory, int end) {}

  static byte[] writeHeader(Directory directory) {
    byte[] body = writeBody(directory);
    ByteWriter out = new ByteWriter();
    out.bytes(MAGIC);
    out.u8(VERSION);
    out.varint(body.length);
    out.bytes(body);
    byte[] checked = out.toByteArray();
    out.u32(crc(checked, 0, checked.length));
    return out.toByteArray();
  }

  static Header readHeader(byte[] bytes, ContainerLimits limits) throws CodecException {
    if (!isContainer(bytes)) {
      throw new CodecException(
          CodecException.Kind.CORRUPT,
          "not a container: it does not begin with 89 69 46 6C; check that the right column or file"
              + " was read");
    }
    ByteReader in = new ByteReader(bytes, MAGIC.length, bytes.length);
    int version = in.u8();
    if (version > VERSION) {
      throw new CodecException(
          CodecException.Kind.NEWER_VERSION,
          "the container has format version %d, this program reads up to %d; install a newer release"
              .formatted(version, VERSION));
    }
    if (version == 0) {
      throw ByteReader.corrupt("format version 0 does not exist");
    }
    int length = in.varint();
    int start = in.position();
    if (length > in.remaining() - CHECKSUM_BYTES) {
      throw ByteReader.corrupt("its header is cut short");
    }
    int end = start + length;
    int checksum = new ByteReader(bytes, end, end + CHECKSUM_BYTES).u32();
    if (checksum != crc(bytes, 0, end)) {
      throw ByteReader.corrupt("its header does not match its checksum");
    }
    Directory directory = readBody(new ByteReader(bytes, start, end), limits);
    checkExtent(directory, bytes.length - end - CHECKSUM_BYTES);
    return new Header(directory, end + CHECKSUM_BYTES);
  }

  static int crc(byte[] bytes, int start, int end) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, end - start);
    return (int) crc.getValue();
  }

  private static byte[] writeBody(Directory directory) {
    ByteWriter out = new ByteWriter();
    out.u8(0);
    out.u8(directory.profile().code());
    out.varint(directory.coders().size());
    for (CoderEntry coder : directory.coders()) {
      out.u8(coder.id().code() | (coder.modelSha256().isPresent() ? MODEL_FLAG : 0));
      coder.modelSha256().ifPresent(hash -> out.bytes(hash.toBytes()));
    }
    out.varint(directory.streams().size());
    for (StreamEntry stream : directory.streams()) {
      out.varint(stream.coder());
      out.varint(stream.length());
      out.u32(stream.crc());
    }
    out.varint(directory.images().size());
    for (ImageEntry image : directory.images()) {
      writeImage(out, image);
    }
    return out.toByteArray();
  }

  private static void writeImage(ByteWriter out, ImageEntry image) {
    ImageShape shape = image.shape();
    out.u8(
        shape.channels() - 1
            | (shape.bitDepth() == 16 ? DEPTH_16_FLAG : 0)
            | (image.metadata().isPresent() ? METADATA_FLAG : 0));
    out.varint(shape.width());
    out.varint(shape.height());
    out.varint(image.stream());
    out.bytes(image.pixels().toBytes());
    image
        .metadata()
        .ifPresent(
            metadata -> {
              out.varint(metadata.length());
              out.u32(metadata.crc());
            });
  }

  private static Directory readBody(ByteReader in, ContainerLimits limits) throws CodecException {
    if (in.u8() != 0) {
      throw unknown("flags");
    }
    Profile profile = readProfile(in.u8());
    List<CoderEntry> coders = new ArrayList<>();
    for (int i = in.count(LEAST_CODER); i > 0; i--) {
      coders.add(readCoder(in));
    }
    List<StreamEntry> streams = new ArrayList<>();
    for (int i = in.count(LEAST_STREAM); i > 0; i--) {
      streams.add(new StreamEntry(index(in, coders.size()), in.varint(), in.u32()));
    }
    int imageCount = in.count(LEAST_IMAGE);
    limits.checkImages(imageCount);
    List<ImageEntry> images = new ArrayList<>();
    boolean[] used = new boolean[streams.size()];
    for (int i = 0; i < imageCount; i++) {
      ImageEntry image = readImage(in, streams.size(), limits);
      used[image.stream()] = true;
      images.add(image);
    }
    for (boolean hasImage : used) {
      if (!hasImage) {
        throw ByteReader.corrupt("one of its streams belongs to no image");
      }
    }
    if (in.remaining() != 0) {
      throw ByteReader.corrupt("its header is longer than its directory");
    }
    return new Directory(profile, List.copyOf(coders), List.copyOf(streams), List.copyOf(images));
  }

  private static Profile readProfile(int code) throws CodecException {
    for (Profile profile : Profile.values()) {
      if (profile.code() == code) {
        return profile;
      }
    }
    throw unknown("profile " + code);
  }

  private static CoderEntry readCoder(ByteReader in) throws CodecException {
    int code = in.u8();
    Optional<CodecId> id = CodecId.fromCode(code & ~MODEL_FLAG);
    if (id.isEmpty()) {
      throw unknown("coder " + (code & ~MODEL_FLAG));
    }
    Optional<Sha256> model =
        (code & MODEL_FLAG) == 0
            ? Optional.empty()
            : Optional.of(Sha256.fromBytes(in.bytes(Sha256.BYTES)));
    return new CoderEntry(id.get(), model);
  }

  private static ImageEntry readImage(ByteReader in, int streams, ContainerLimits limits)
      throws CodecException {
    int bits = in.u8();
    if (bits > 0x0F) {
      throw unknown("image flags");
    }
    int width = side(in);
    int height = side(in);
    ImageShape shape =
        new ImageShape(width, height, (bits & 3) + 1, (bits & DEPTH_16_FLAG) == 0 ? 8 : 16);
    limits.check(shape);
    int stream = index(in, streams);
    Sha256 pixels = Sha256.fromBytes(in.bytes(Sha256.BYTES));
    Optional<MetadataEntry> metadata =
        (bits & METADATA_FLAG) == 0
            ? Optional.empty()
            : Optional.of(new MetadataEntry(in.varint(), in.u32()));
    return new ImageEntry(shape, stream, pixels, metadata);
  }

  private static int side(ByteReader in) throws CodecException {
    int side = in.varint();
    if (side < 1 || side > 65_535) {
      throw ByteReader.corrupt("an image has a side of " + side + " pixels, not 1 to 65,535");
    }
    return side;
  }

  private static int index(ByteReader in, int size) throws CodecException {
    int index = in.varint();
    if (index >= size) {
      throw ByteReader.corrupt("an index in its directory points nowhere");
    }
    return index;
  }

  private static void checkExtent(Directory directory, long available) throws CodecException {
    long needed = 0;
    for (StreamEntry stream : directory.streams()) {
      needed += stream.length();
    }
    for (ImageEntry image : directory.images()) {
      needed += image.metadata().map(MetadataEntry::length).orElse(0);
    }
    if (needed != available) {
      throw ByteReader.corrupt(
          "its streams take %d bytes, but %d are there".formatted(needed, available));
    }
  }

  private static CodecException unknown(String what) {
    return new CodecException(
        CodecException.Kind.NEWER_VERSION,
        "the container uses %s, which this program does not know; install a newer release"
            .formatted(what));
  }
}
