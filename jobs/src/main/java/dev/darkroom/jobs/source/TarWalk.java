package dev.darkroom.jobs.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Goes through the members of a tar, header by header; contents that nobody wants are not read
 * where the tar is not compressed.
 *
 * <p>Folders, devices and pipes are passed over and counted. What tar programs pass over in silence
 * is an error here: a header with a wrong checksum, a tar without its end, data behind the end.
 */
final class TarWalk implements AutoCloseable {
  static final int RECORD = 512;
  private static final char VOLUME_LABEL = 'V';

  private final TarShard shard;
  private final InputFiles files;
  private final TarStream stream;
  private final TarArchiveInputStream tar;
  private Optional<TarArchiveEntry> entry = Optional.empty();
  private Optional<TarNames> rawNames = Optional.empty();
  private boolean consumed;
  private long headers;
  private long members;
  private long withoutContent;
  private long contentEnd;

  TarWalk(TarShard shard, InputFiles files) throws IOException {
    this.shard = shard;
    this.files = files;
    this.stream = TarStream.open(shard, files);
    this.tar =
        new TarArchiveInputStream(
            stream, RECORD, RECORD, StandardCharsets.UTF_8.name(), /* lenient= */ true);
  }

  /** How many folders, devices and pipes have been passed over. */
  long withoutContent() {
    return withoutContent;
  }

  /**
   * The next member that is a file or a link.
   *
   * @return no value at the end
   * @throws IOException where the tar is damaged or cut
   */
  Optional<TarEntryInfo> next() throws IOException {
    try {
      for (; ; ) {
        passContent();
        TarArchiveEntry next = tar.getNextEntry();
        if (next == null) {
          checkEnd();
          return Optional.empty();
        }
        if (!next.isCheckSumOK()) {
          throw new IOException("the header of entry %d has a wrong checksum".formatted(headers));
        }
        entry = Optional.of(next);
        consumed = false;
        contentEnd = stream.position() + (next.isSparse() ? 0 : padded(next.getSize()));
        headers++;
        if (hasContent(next)) {
          return Optional.of(info(next));
        }
        withoutContent++;
      }
    } catch (IOException | RuntimeException e) {
      throw Reason.atHeader(headers, e);
    }
  }

  static long padded(long bytes) {
    return (bytes + RECORD - 1) / RECORD * RECORD;
  }

  /** The content of the member that came last, under 2 GiB, to be asked for once. */
  byte[] content() throws IOException {
    consumed = true;
    return InputFiles.content(tar, Math.toIntExact(entry.orElseThrow().getRealSize()));
  }

  private void passContent() {
    if (entry.isPresent() && !consumed && !entry.get().isSparse()) {
      stream.pass(entry.get().getSize());
    }
    consumed = true;
  }

  private static boolean hasContent(TarArchiveEntry entry) {
    return !(entry.isDirectory()
        || entry.isBlockDevice()
        || entry.isCharacterDevice()
        || entry.isFIFO()
        || entry.getLinkFlag() == VOLUME_LABEL);
  }

  private TarEntryInfo info(TarArchiveEntry next) throws IOException {
    // A hard link may come with content of its own.
    boolean link = next.isSymbolicLink() || next.isLink() && next.getSize() == 0;
    boolean whole = stream.isSeekable() && !next.isSparse();
    String name = name(next.getName(), TarNames.Part.NAME);
    Optional<String> target = Optional.empty();
    if (link) {
      String named = name(next.getLinkName(), TarNames.Part.TARGET);
      target = Optional.of(next.isSymbolicLink() ? beside(name, named) : named);
    }
    return new TarEntryInfo(
        name,
        members++,
        link ? 0 : next.getRealSize(),
        FileSource.modified(next.getLastModifiedTime().toMillis()),
        target,
        whole ? Optional.of(stream.position()) : Optional.empty());
  }

  /** Symbolic links are told from their own folder on. */
  private static String beside(String name, String target) {
    String from = latin(name);
    String to = latin(target);
    String path = to.startsWith("/") ? to : from.substring(0, from.lastIndexOf('/') + 1) + to;
    return RawName.text(path.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String latin(String name) {
    return new String(RawName.bytes(name), StandardCharsets.ISO_8859_1);
  }

  /** What is the same for all names of one member. */
  static String key(String name) {
    return normalized(latin(name));
  }

  /** Bytes that are not UTF-8 come as question marks, as question marks do. */
  private String name(String decoded, TarNames.Part part) throws IOException {
    if (decoded.indexOf('?') < 0 && decoded.indexOf('\uFFFD') < 0) {
      return RawName.text(decoded.getBytes(StandardCharsets.UTF_8));
    }
    if (rawNames.isEmpty()) {
      rawNames = Optional.of(new TarNames(shard, files));
    }
    return RawName.text(
        rawNames
            .get()
            .at(headers - 1, part)
            .orElseGet(() -> decoded.getBytes(StandardCharsets.UTF_8)));
  }

  private void checkEnd() throws IOException {
    if (stream.position() < contentEnd + RECORD) {
      throw new IOException("the end of the tar is missing: it may have been cut");
    }
    byte[] rest = new byte[1 << 16];
    for (int read = stream.read(rest); read >= 0; read = stream.read(rest)) {
      for (int i = 0; i < read; i++) {
        if (rest[i] != 0) {
          throw new IOException("more data follows what says that it is the end of the tar");
        }
      }
    }
  }

  /** A path in a tar without what does not change it; {@code ..} takes a name away. */
  static String normalized(String name) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  @Override
  public void close() throws IOException {
    if (rawNames.isPresent()) {
      rawNames.get().close();
    }
    tar.close();
  }
}
