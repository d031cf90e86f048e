package dev.darkroom.compression.archive;

import dev.darkroom.compression.Sha256;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an archive row keeps of a file.
 *
 * @param codec how to read the bytes
 * @param bytes the content; not copied
 * @param formatVersion the version of the container, for {@link ArchiveCodec#IFLOW} alone
 * @param modelSha256 the model that decoding needs, where it needs one
 */
public record ArchivedPayload(
    ArchiveCodec codec, byte[] bytes, OptionalInt formatVersion, Optional<Sha256> modelSha256) {
  /** Refuses nulls. */
  public ArchivedPayload {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(formatVersion, "formatVersion");
    Objects.requireNonNull(modelSha256, "modelSha256");
  }

  static ArchivedPayload ofFile(ArchiveCodec codec, byte[] bytes) {
    return new ArchivedPayload(codec, bytes, OptionalInt.empty(), Optional.empty());
  }
}
