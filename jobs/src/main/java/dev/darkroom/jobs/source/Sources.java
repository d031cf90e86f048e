package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the source that fits an input. */
public final class Sources {
  private final Configuration hadoop;
  private final long maxBytes;

  /**
   * Sources on the file systems that the configuration knows.
   *
   * @param maxBytes members of tar files with more bytes are not read
   */
  public Sources(Configuration hadoop, long maxBytes) {
    this.hadoop = hadoop;
    this.maxBytes = maxBytes;
  }

  /**
   * Opens an input without listing it.
   *
   * @param input a path or URI of any Hadoop file system: a file, folder, glob or table
   * @param columns where a table keeps its images
   * @param slice which of them are wanted
   * @throws UserException where nothing is there
   */
  public ImageSource open(String input, SourceFormat format, TableColumns columns, Slice slice) {
    SourceFormat actual = format == SourceFormat.AUTO ? detect(input) : format;
    return switch (actual) {
      case PARQUET -> new TableSource(input, "parquet", columns, slice);
      case DELTA -> new TableSource(input, "delta", columns, slice);
      case WEBDATASET -> new TarSource(input, hadoop, slice, maxBytes);
      case FILES, AUTO -> new FileSource(input, hadoop, slice);
    };
  }

  private SourceFormat detect(String input) {
    try {
      Path path = new Path(input);
      FileSystem fs = path.getFileSystem(hadoop);
      if (!fs.exists(path)) {
        return byName(path.getName());
      }
      if (fs.exists(new Path(path, "_delta_log"))) {
        return SourceFormat.DELTA;
      }
      for (FileStatus status : fs.listStatus(path)) {
        SourceFormat format =
            status.isFile() ? byName(status.getPath().getName()) : SourceFormat.FILES;
        if (format != SourceFormat.FILES) {
          return format;
        }
      }
      return SourceFormat.FILES;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("can't open input '" + input + "': " + e.getMessage(), e);
    }
  }

  private static SourceFormat byName(String name) {
    if (name.toLowerCase(Locale.ROOT).endsWith(".parquet")) {
      return SourceFormat.PARQUET;
    }
    return TarShard.isName(name) ? SourceFormat.WEBDATASET : SourceFormat.FILES;
  }
}
