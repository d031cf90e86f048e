package dev.darkroom.jobs.restore;

import dev.darkroom.compression.archive.ArchiveCodec;
import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.jobs.source.RawName;
import dev.darkroom.jobs.table.ArchiveColumn;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.spark.sql.Row;

/**
 * Writes a tar of restored files, under gzip where its name says so. Names are written byte for
 * byte, and long ones in GNU's form, which every reader of today knows and which needs no UTF-8.
 */
final class TarWriter implements AutoCloseable {
  private final TarArchiveOutputStream tar;

  /**
   * Begins a tar.
   *
   * @param file where it is written
   * @param name what it is called: {@code shards/0001.tar.gz}
   */
  TarWriter(Path file, String name) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
    String lower = name.toLowerCase(Locale.ROOT);
    boolean gzip = lower.endsWith(".gz") || lower.endsWith(".tgz");
    this.tar =
        new TarArchiveOutputStream(
            gzip ? new GZIPOutputStream(out) : out, StandardCharsets.ISO_8859_1.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
  }

  /** The name of a member: its own, with {@code .png} where it is now a PNG of the pixels. */
  static String memberName(String member, boolean png) {
    return png && !member.toLowerCase(Locale.ROOT).endsWith(".png") ? member + ".png" : member;
  }

  /** Adds a member as its row calls it, with the time at which its file last changed. */
  void add(Row row, byte[] file) throws IOException {
    boolean png =
        ArchiveCodec.IFLOW.id().equals(row.getAs(ArchiveColumn.CODEC.id()))
            && Fidelity.PIXELS.id().equals(row.getAs(ArchiveColumn.FIDELITY.id()));
    TarArchiveEntry entry =
        new TarArchiveEntry(
            bytes(memberName(row.getAs(ArchiveColumn.MEMBER.id()), png)),
            TarConstants.LF_NORMAL,
            true);
    entry.setSize(file.length);
    Timestamp modified = row.getAs(ArchiveColumn.MODIFICATION_TIME.id());
    entry.setModTime(modified == null ? 0 : Math.floorDiv(modified.getTime(), 1000L) * 1000L);
    tar.putArchiveEntry(entry);
    tar.write(file);
    tar.closeArchiveEntry();
  }

  /** A name whose characters are the bytes that the tar shall have; they need not be UTF-8. */
  private static String bytes(String member) {
    byte[] bytes;
    try {
      bytes = RawName.bytes(member);
    } catch (IllegalArgumentException e) {
      bytes = member.getBytes(StandardCharsets.UTF_8);
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
