package dev.darkroom.compression.archive;

import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.image.ImageFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * What restoring needs of an archive row.
 *
 * @param codec how the payload is to be read
 * @param payload the payload; not copied
 * @param sourceFormat the format of the file
 * @param fileSha256 the hash of the file's bytes
 * @param pixelSha256 the hash of its pixels, where they are known
 */
public record RestoreRequest(
    ArchiveCodec codec,
    byte[] payload,
    Optional<ImageFormat> sourceFormat,
    Sha256 fileSha256,
    Optional<Sha256> pixelSha256) {
  /** Refuses nulls. */
  public RestoreRequest {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(sourceFormat, "sourceFormat");
    Objects.requireNonNull(fileSha256, "fileSha256");
    Objects.requireNonNull(pixelSha256, "pixelSha256");
  }

  /**
   * The request for a row just made.
   *
   * @throws IllegalArgumentException where the row failed and has no payload
   */
  public static RestoreRequest of(ArchivedFile file) {
    ArchivedPayload payload =
        file.payload()
            .orElseThrow(() -> new IllegalArgumentException("a failed file can't be restored"));
    return new RestoreRequest(
        payload.codec(),
        payload.bytes(),
        file.sourceFormat(),
        file.fileSha256(),
        file.image().flatMap(ImageProperties::pixelSha256));
  }
}
