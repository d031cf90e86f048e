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

  /** Sources on the file systems that the configuration knows. */
  public Sources(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Opens an input without listing it.
   *
   * @param input a path or URI of any Hadoop file system: a file, folder, glob or table
   * @param columns where a table keeps its images
   * @throws UserException where nothing is there
   */
  public ImageSource open(String input, SourceFormat format, TableColumns columns) {
    SourceFormat actual = format == SourceFormat.AUTO ? detect(input) : format;
    return switch (actual) {
      case PARQUET -> new TableSource(input, "parquet", columns);
      case DELTA -> new TableSource(input, "delta", columns);
      case FILES, AUTO -> new FileSource(input, hadoop);
    };
  }

  private SourceFormat detect(String input) {
    try {
      Path path = new Path(input);
      FileSystem fs = path.getFileSystem(hadoop);
      if (!fs.exists(path)) {
        return SourceFormat.FILES;
      }
      if (fs.exists(new Path(path, "_delta_log"))) {
        return SourceFormat.DELTA;
      }
      for (FileStatus status : fs.listStatus(path)) {
        if (status.isFile()
            && status.getPath().getName().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
          return SourceFormat.PARQUET;
        }
      }
      return SourceFormat.FILES;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("can't open input '" + input + "': " + e.getMessage(), e);
    }
  }
}
