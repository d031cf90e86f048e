package dev.darkroom.jobs.source;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The names in a tar as bytes: the tar is read once more, with every byte of a header as a
 * character, and names in PAX headers, which are always decoded as UTF-8, from those headers'
 * blocks. They may be anything where {@code hdrcharset} is {@code BINARY}, and are where a program
 * does not care.
 */
final class TarNames implements AutoCloseable {
  private static final int SIZE_FIELD = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE_FIELD = 156;
  private static final int OCTAL = 8;

  private final Recorder recorder;
  private final TarArchiveInputStream tar;
  private Optional<TarArchiveEntry> entry = Optional.empty();
  private long headers;

  /** One of the names of an entry, and where it may stand. */
  enum Part {
    /** The entry's own. */
    NAME(TarArchiveEntry::getName, List.of("GNU.sparse.name", "path")),
    /** What a link leads to. */
    TARGET(TarArchiveEntry::getLinkName, List.of("linkpath"));

    private final Function<TarArchiveEntry, String> header;
    private final List<String> keywords;

    Part(Function<TarArchiveEntry, String> header, List<String> keywords) {
      this.header = header;
      this.keywords = keywords;
    }
  }

  TarNames(TarShard shard, InputFiles files) throws IOException {
    recorder = new Recorder(TarStream.open(shard, files));
    tar =
        new TarArchiveInputStream(
            recorder,
            TarWalk.RECORD,
            TarWalk.RECORD,
            StandardCharsets.ISO_8859_1.name(),
            /* lenient= */ true);
  }

  /**
   * The bytes of a name.
   *
   * @param header the number of the entry, not below that of the call before
   * @return no value where they can't be told
   */
  Optional<byte[]> at(long header, Part part) throws IOException {
    while (headers <= header) {
      if (entry.isPresent() && !entry.get().isSparse()) {
        recorder.stream.pass(entry.get().getSize());
      }
      long passed = tar.getCurrentEntry() == null ? 0 : tar.skip(Long.MAX_VALUE);
      while (passed > 0) {
        passed = tar.skip(Long.MAX_VALUE);
      }
      recorder.begin();
      entry = Optional.ofNullable(tar.getNextEntry());
      recorder.end();
      headers++;
    }
    TarArchiveEntry found =
        entry.orElseThrow(() -> new IOException("the tar changed while it was read"));
    Map<String, byte[]> extended = extended(recorder.record.toByteArray());
    for (String keyword : part.keywords) {
      if (extended.containsKey(keyword)) {
        return Optional.of(extended.get(keyword));
      }
    }
    String raw = part.header.apply(found);
    return raw.chars().allMatch(c -> c <= 0xFF)
        ? Optional.of(raw.getBytes(StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }

  /** The records of the PAX headers among these blocks, which stand before an entry's own. */
  private static Map<String, byte[]> extended(byte[] blocks) {
    Map<String, byte[]> records = new HashMap<>();
    int at = 0;
    while (at + TarWalk.RECORD <= blocks.length) {
      byte type = blocks[at + TYPE_FIELD];
      boolean extended =
          type == TarConstants.LF_PAX_EXTENDED_HEADER_LC
              || type == TarConstants.LF_PAX_EXTENDED_HEADER_UC;
      boolean passed =
          type == TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER
              || type == TarConstants.LF_GNUTYPE_LONGNAME
              || type == TarConstants.LF_GNUTYPE_LONGLINK;
      String field =
          new String(blocks, at + SIZE_FIELD, SIZE_LENGTH, StandardCharsets.ISO_8859_1)
              .replace('\0', ' ')
              .strip();
      if (!extended && !passed || !field.matches("[0-7]{1,12}")) {
        return records;
      }
      int from = at + TarWalk.RECORD;
      long size = Long.parseLong(field, OCTAL);
      if (size > blocks.length - from) {
        return records;
      }
      if (extended) {
        read(Arrays.copyOfRange(blocks, from, from + (int) size), records);
      }
      at = from + (int) TarWalk.padded(size);
    }
    return records;
  }

  /** Records of the form {@code "length keyword=value\n"}, the length being that of all of it. */
  private static void read(byte[] header, Map<String, byte[]> records) {
    String text = new String(header, StandardCharsets.ISO_8859_1);
    int at = 0;
    while (at < text.length()) {
      int blank = text.indexOf(' ', at);
      int equals = text.indexOf('=', blank + 1);
      if (blank < 0 || equals < 0 || !text.substring(at, blank).matches("[0-9]{1,9}")) {
        return;
      }
      int end = at + Integer.parseInt(text.substring(at, blank));
      if (end > text.length() || end <= equals) {
        return;
      }
      records.put(
          text.substring(blank + 1, equals), Arrays.copyOfRange(header, equals + 1, end - 1));
      at = end;
    }
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /** Keeps what is read from a block's beginning on. */
  private static final class Recorder extends FilterInputStream {
    private final TarStream stream;
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private long from = Long.MAX_VALUE;

    Recorder(TarStream stream) {
      super(stream);
      this.stream = stream;
    }

    void begin() {
      record.reset();
      from = TarWalk.padded(stream.position());
    }

    void end() {
      from = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long at = stream.position();
      int read = super.read(bytes, offset, length);
      long before = Math.max(0, from - at);
      if (read > before) {
        record.write(bytes, offset + (int) before, read - (int) before);
      }
      return read;
    }

    /** Reads where that is to be kept. */
    @Override
    public long skip(long count) throws IOException {
      return from == Long.MAX_VALUE
          ? super.skip(count)
          : Math.max(0, read(new byte[(int) Math.min(count, TarWalk.RECORD)]));
    }
  }
}
