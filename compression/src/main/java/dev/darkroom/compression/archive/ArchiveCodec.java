package dev.darkroom.compression.archive;

import java.util.Locale;
import java.util.Optional;

/** How the payload of an archive row is to be read. */
public enum ArchiveCodec {
  /** A container with one image, see {@link dev.darkroom.compression.container.ContainerFormat}. */
  IFLOW,
  /** The file's own bytes. */
  STORED,
  /** The file's own bytes as one zstd frame. */
  ZSTD;

  /** The name used in tables: {@code iflow}, {@code stored} or {@code zstd}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The codec with a name from a table, or empty where there is none. */
  public static Optional<ArchiveCodec> fromId(String id) {
    for (ArchiveCodec codec : values()) {
      if (codec.id().equals(id)) {
        return Optional.of(codec);
      }
    }
    return Optional.empty();
  }
}
