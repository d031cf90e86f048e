package dev.darkroom.jobs.prune;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** This machine's files under {@code keeping:/}; those called {@code kept...} can't be deleted. */
public final class KeepingFileSystem extends RawLocalFileSystem {
  static void register(Configuration hadoop) {
    hadoop.set("fs.keeping.impl", KeepingFileSystem.class.getName());
  }

  @Override
  public URI getUri() {
    return URI.create("keeping:///");
  }

  @Override
  public String getScheme() {
    return "keeping";
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (path.getName().startsWith("kept")) {
      throw new IOException("access denied");
    }
    return super.delete(path, recursive);
  }
}
