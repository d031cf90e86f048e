package dev.darkroom.compression.container;

import dev.darkroom.compression.Profile;
import dev.darkroom.compression.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * What a container's header says.
 *
 * @param profile the profile that the writer was asked for
 * @param coders the coders that the streams name by index
 * @param streams the streams in the order in which they lie in the container
 * @param images the images in their order
 */
record Directory(
    Profile profile, List<CoderEntry> coders, List<StreamEntry> streams, List<ImageEntry> images) {

  /** A coder and the model it needs. */
  record CoderEntry(CodecId id, Optional<Sha256> modelSha256) {}

  /** A stream: the index of its coder, its length in bytes and its CRC-32C. */
  record StreamEntry(int coder, int length, int crc) {}

  /** An image: shape, index of its stream, hash of its pixels, and its metadata if it has any. */
  record ImageEntry(
      ImageShape shape, int stream, Sha256 pixels, Optional<MetadataEntry> metadata) {}

  /** A metadata block: its length in bytes and its CRC-32C. */
  record MetadataEntry(int length, int crc) {}
}
