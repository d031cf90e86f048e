package dev.darkroom.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The old file stands until the new one does, whatever the file system can and whatever fails. */
class WholeFileTest {
  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void anOldFile() throws IOException {
    file = Files.writeString(folder.resolve("file"), "old");
  }

  @Test
  void thisMachineMovesOverTheOldFile() throws IOException {
    write(local(), "new");

    assertThat(file).hasContent("new");
    assertThat(left()).containsExactly("file");
  }

  @Test
  void aFileSystemThatMovesOverNothingKeepsTheOldOneUntilTheNewOneIsThere() throws IOException {
    Careful fs = new Careful(local(), move -> false);

    write(fs, "new");

    assertThat(file).hasContent("new");
    assertThat(left()).containsExactly("file");
    assertThat(fs.deletedWithoutSuccessor).isFalse();
  }

  @Test
  void whereTheNewOneCannotBeMovedTheOldOneIsPutBack() throws IOException {
    Careful fs = new Careful(local(), from -> from.endsWith(".part"));

    assertThatIOException()
        .isThrownBy(() -> write(fs, "new"))
        .withMessageContaining("could not be moved");

    assertThat(file).hasContent("old");
    assertThat(left()).containsExactly("file");
  }

  @Test
  void whereNothingCanBeMovedAnyMoreTheOldOneIsNamed() throws IOException {
    Careful fs = new Careful(local(), from -> !from.endsWith("file"));

    assertThatIOException()
        .isThrownBy(() -> write(fs, "new"))
        .withMessageContaining(".old'; move it back");

    assertThat(left()).hasSize(1).allMatch(name -> name.endsWith(".old"));
    assertThat(folder.resolve(left().get(0))).hasContent("old");
  }

  @Test
  void anObjectStoreIsWrittenOverAndNotWhereWritingFails() throws IOException {
    ObjectStore store = new ObjectStore(local());

    assertThatThrownBy(
            () ->
                WholeFile.write(
                    store,
                    hadoop(file),
                    out -> {
                      out.write(1);
                      throw new IOException("no more");
                    }))
        .hasMessage("no more");
    assertThat(file).hasContent("old");
    write(store, "new");

    assertThat(file).hasContent("new");
    assertThat(left()).containsExactly("file");
  }

  @Test
  void aDeviceAndALinkAreWrittenTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    WholeFile.write(local(), hadoop(link), out -> out.write('x'));
    WholeFile.write(local(), new org.apache.hadoop.fs.Path("/dev/null"), out -> out.write('x'));

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(file).hasContent("x");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  private void write(FileSystem fs, String text) throws IOException {
    WholeFile.write(fs, hadoop(file), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private java.util.List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private static FileSystem local() throws IOException {
    FileSystem fs = new RawLocalFileSystem();
    fs.initialize(Path.of("/").toUri(), new Configuration(false));
    return fs;
  }

  /** Moves nothing over a file that is there, and not what it is told not to move. */
  private static final class Careful extends FilterFileSystem {
    private final Predicate<String> stuck;
    private boolean deletedWithoutSuccessor;

    Careful(FileSystem fs, Predicate<String> stuck) {
      super(fs);
      this.stuck = stuck;
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      return !exists(to) && !stuck.test(from.toString()) && super.rename(from, to);
    }

    @Override
    public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
      boolean successor = exists(new org.apache.hadoop.fs.Path(path.getParent(), "file"));
      deletedWithoutSuccessor |= !successor || path.getName().equals("file");
      return super.delete(path, recursive);
    }
  }

  /** Objects appear when they are closed, and not where writing was aborted. */
  private static final class ObjectStore extends FilterFileSystem {
    ObjectStore(FileSystem fs) {
      super(fs);
    }

    @Override
    public boolean hasPathCapability(org.apache.hadoop.fs.Path path, String capability) {
      return capability.equals(CommonPathCapabilities.ABORTABLE_STREAM);
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      throw new FileAlreadyExistsException("a store has no renames");
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      Path place = Path.of(path.toUri().getPath());
      return new FSDataOutputStream(new ObjectStream(place), null);
    }
  }

  private static final class ObjectStream extends ByteArrayOutputStream implements Abortable {
    private final Path place;
    private boolean aborted;

    ObjectStream(Path place) {
      this.place = place;
    }

    @Override
    public AbortableResult abort() {
      aborted = true;
      return null;
    }

    @Override
    public void close() throws IOException {
      if (!aborted) {
        Files.write(place, toByteArray());
      }
    }
  }
}
