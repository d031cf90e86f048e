package dev.darkroom.udfs.model;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * This machine's files under another scheme, {@code remote:}, so that they count as another
 * machine's. Each file that is opened is noted in a journal.
 */
public final class RemoteFolders extends RawLocalFileSystem {
  private static final String JOURNAL = "remote.journal";

  /** Settings in which the scheme is known. */
  static Configuration settings(java.nio.file.Path journal) {
    Configuration settings = new Configuration();
    settings.set("fs.remote.impl", RemoteFolders.class.getName());
    settings.setBoolean("fs.remote.impl.disable.cache", true);
    settings.set(JOURNAL, journal.toString());
    return settings;
  }

  @Override
  public URI getUri() {
    return URI.create("remote:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    Files.writeString(
        java.nio.file.Path.of(getConf().get(JOURNAL)),
        path.getName() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return super.open(path, bufferSize);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    return Arrays.stream(super.listStatus(folder))
        .map(RemoteFolders::plain)
        .toArray(FileStatus[]::new);
  }

  /** The status of a local file asks for permissions when it is copied, and by its local path. */
  private static FileStatus plain(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        1,
        status.getBlockSize(),
        status.getModificationTime(),
        status.getPath());
  }
}
