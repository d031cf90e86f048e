package dev.darkroom.compression.archive;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a payload was found to hold, once it was decoded and compared with its hashes.
 *
 * @param fileSize bytes of the source file, where the payload gives it back byte for byte; empty
 *     where it holds the pixels alone
 * @param image what the coded pixels are; empty where the payload is the file itself
 */
public record VerifiedPayload(OptionalLong fileSize, Optional<ImageProperties> image) {
  /** Refuses nulls. */
  public VerifiedPayload {
    Objects.requireNonNull(fileSize, "fileSize");
    Objects.requireNonNull(image, "image");
  }

  /** Whether the source file comes back byte for byte. */
  public boolean original() {
    return fileSize.isPresent();
  }

  static VerifiedPayload ofFile(byte[] file, Optional<ImageProperties> image) {
    return new VerifiedPayload(OptionalLong.of(file.length), image);
  }

  static VerifiedPayload ofPixels(ImageProperties image) {
    return new VerifiedPayload(OptionalLong.empty(), Optional.of(image));
  }
}
