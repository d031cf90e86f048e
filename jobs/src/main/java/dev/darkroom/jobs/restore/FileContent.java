package dev.darkroom.jobs.restore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a file is to hold; it can be read more than once. */
public interface FileContent {
  /** Its bytes. */
  long size();

  /** Reads it from its beginning. */
  InputStream open() throws IOException;

  /** Bytes in memory; not copied. */
  static FileContent of(byte[] bytes) {
    return new FileContent() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  /** A file of this machine, that does not change. */
  static FileContent of(Path file) throws IOException {
    long size = Files.size(file);
    return new FileContent() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }

  /** Whether another stream holds the same, and ends where this ends. */
  default boolean isSame(InputStream other) throws IOException {
    try (InputStream mine = open()) {
      byte[] some = new byte[1 << 16];
      while (true) {
        int read = mine.readNBytes(some, 0, some.length);
        byte[] others = other.readNBytes(read);
        if (!Arrays.equals(some, 0, read, others, 0, others.length)) {
          return false;
        }
        if (read < some.length) {
          return other.read() < 0;
        }
      }
    }
  }
}
