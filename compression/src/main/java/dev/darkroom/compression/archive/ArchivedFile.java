package dev.darkroom.compression.archive;

import dev.darkroom.compression.Profile;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.image.ImageFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The archive row of one file.
 *
 * @param size bytes of the file
 * @param fileSha256 the hash of its bytes
 * @param status what became of it
 * @param profile the profile that was asked for
 * @param fidelity what restoring gives back; a stored file comes back byte for byte in any case
 * @param sourceFormat the file's format, where it has a known one, decoded here or not
 * @param image what its image is, where it could be decoded, or is lossy and has a sound header
 * @param payload what is kept of it; present unless the status is {@code FAILED}
 * @param encodeNanos the time for decoding the file and encoding it, in nanoseconds
 * @param verifyNanos the time for decoding the payload and comparing, in nanoseconds
 * @param failure why it failed, or, as a warning, why it could only be stored
 * @param leftBehind what the file says beside its pixels that restoring does not give back, by
 *     short names such as {@code orientation}; empty where the file itself comes back
 */
public record ArchivedFile(
    long size,
    Sha256 fileSha256,
    ArchiveStatus status,
    Profile profile,
    Fidelity fidelity,
    Optional<ImageFormat> sourceFormat,
    Optional<ImageProperties> image,
    Optional<ArchivedPayload> payload,
    long encodeNanos,
    long verifyNanos,
    Optional<ArchiveFailure> failure,
    List<String> leftBehind) {
  /** Refuses nulls, and a payload that does not fit the status. */
  public ArchivedFile {
    Objects.requireNonNull(fileSha256, "fileSha256");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(fidelity, "fidelity");
    Objects.requireNonNull(sourceFormat, "sourceFormat");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(failure, "failure");
    leftBehind = List.copyOf(leftBehind);
    if (payload.isPresent() == (status == ArchiveStatus.FAILED)) {
      throw new IllegalArgumentException(
          "a payload belongs to every status but FAILED, here: " + status);
    }
  }

  /** Bits of payload per subpixel (width x height x channels), where both are known. */
  public OptionalDouble bpsp() {
    if (payload.isEmpty() || image.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(8.0 * payload.get().bytes().length / image.get().shape().subpixels());
  }
}
