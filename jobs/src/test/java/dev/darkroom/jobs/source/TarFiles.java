package dev.darkroom.jobs.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes tars, member by member. */
final class TarFiles {
  /** When all members changed last, in milliseconds. */
  static final long TIME = 1_700_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar;

  TarFiles(String encoding) {
    tar = new TarArchiveOutputStream(bytes, encoding);
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  TarFiles() {
    this("UTF-8");
  }

  TarFiles gnuNames() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    return this;
  }

  TarFiles file(String name, String content) throws IOException {
    return add(new TarArchiveEntry(name, TarConstants.LF_NORMAL, true), content);
  }

  TarFiles link(byte kind, String name, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setLinkName(target);
    return add(entry, "");
  }

  /** A file whose name, or a link whose target, is bytes in a PAX header of its own. */
  TarFiles binary(String keyword, byte[] value, byte kind, String name, String content)
      throws IOException {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    records.writeBytes(record("hdrcharset", "BINARY".getBytes(StandardCharsets.US_ASCII)));
    records.writeBytes(record(keyword, value));
    add(
        new TarArchiveEntry("PaxHeaders/x", TarConstants.LF_PAX_EXTENDED_HEADER_LC),
        records.toByteArray());
    return add(new TarArchiveEntry(name, kind, true), content);
  }

  private static byte[] record(String keyword, byte[] value) {
    int rest = keyword.length() + value.length + 3;
    int length = rest;
    while (Integer.toString(length).length() + rest != length) {
      length = Integer.toString(length).length() + rest;
    }
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes("%d %s=".formatted(length, keyword).getBytes(StandardCharsets.US_ASCII));
    record.writeBytes(value);
    record.write('\n');
    return record.toByteArray();
  }

  TarFiles other(byte kind, String name) throws IOException {
    return add(new TarArchiveEntry(name, kind), "");
  }

  /** A file of 1,000,000 bytes with a hole, in the layout of GNU tar's PAX format 1.0. */
  TarFiles sparse(String name, String end) throws IOException {
    int start = 1_000_000 - end.length();
    String map = "1\n%d\n%d\n".formatted(start, end.length());
    StringBuilder records = new StringBuilder();
    for (String record :
        new String[] {
          "GNU.sparse.major=1",
          "GNU.sparse.minor=0",
          "GNU.sparse.name=" + name,
          "GNU.sparse.realsize=1000000"
        }) {
      int length = record.length() + 4;
      records.append("%d %s\n".formatted(length > 99 ? length + 1 : length, record));
    }
    add(
        new TarArchiveEntry("PaxHeaders/x", TarConstants.LF_PAX_EXTENDED_HEADER_LC),
        records.toString());
    String padded = map + "\0".repeat(512 - map.length());
    return file("GNUSparseFile.0/" + name, padded + end);
  }

  private TarFiles add(TarArchiveEntry entry, String content) throws IOException {
    return add(entry, content.getBytes(StandardCharsets.UTF_8));
  }

  private TarFiles add(TarArchiveEntry entry, byte[] data) throws IOException {
    entry.setSize(data.length);
    entry.setLastModifiedTime(FileTime.fromMillis(TIME));
    tar.putArchiveEntry(entry);
    tar.write(data);
    tar.closeArchiveEntry();
    return this;
  }

  byte[] bytes() throws IOException {
    tar.close();
    return bytes.toByteArray();
  }

  void write(Path file) throws IOException {
    Files.write(file, bytes());
  }
}
