package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the source that fits an input. */
public final class Sources {
  /** Files that Spark and Databricks write beside those of a table. */
  private static final Pattern BESIDE_TABLES =
      Pattern.compile("_SUCCESS|_metadata|_common_metadata|_(started|committed)_\\d+");

  private final Configuration hadoop;
  private final long maxBytes;
  private final Reading reading;

  /**
   * Sources on the file systems that the configuration knows.
   *
   * @param maxBytes members of tar files with more bytes are not read
   * @param reading what the job takes them for
   */
  public Sources(Configuration hadoop, long maxBytes, Reading reading) {
    this.hadoop = hadoop;
    this.maxBytes = maxBytes;
    this.reading = reading;
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
      case PARQUET -> new TableSource(input, "parquet", columns, slice, reading, hadoop);
      case DELTA -> new TableSource(input, "delta", columns, slice, reading, hadoop);
      case WEBDATASET -> new TarSource(input, hadoop, slice, maxBytes, reading);
      case FILES, AUTO ->
          new FileSource(input, hadoop, slice, reading, format == SourceFormat.AUTO);
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
      return reading == Reading.SAMPLES ? byFirst(fs, path) : byAll(input);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("can't open input '" + input + "': " + Reason.of(e), e);
    }
  }

  /** What the first tar or Parquet file of a folder says; what lies beside it is left out. */
  private static SourceFormat byFirst(FileSystem fs, Path path) throws IOException {
    for (FileStatus status : fs.listStatus(path)) {
      SourceFormat format =
          status.isFile() ? byName(status.getPath().getName()) : SourceFormat.FILES;
      if (format != SourceFormat.FILES) {
        return format;
      }
    }
    return SourceFormat.FILES;
  }

  /** What all files say that are not hidden; files where they say different things. */
  private SourceFormat byAll(String input) {
    Set<SourceFormat> found = EnumSet.noneOf(SourceFormat.class);
    new FileListing(hadoop, false)
        .visit(
            input,
            file -> {
              format(file.relativePath()).ifPresent(found::add);
              return found.size() < 2 && !found.contains(SourceFormat.FILES);
            });
    return found.size() == 1 ? found.iterator().next() : SourceFormat.FILES;
  }

  /** Nothing for the files that Spark writes beside its tables. */
  private static Optional<SourceFormat> format(String relativePath) {
    int slash = relativePath.lastIndexOf('/');
    String name = relativePath.substring(slash + 1);
    SourceFormat format = byName(name);
    if (format == SourceFormat.FILES && BESIDE_TABLES.matcher(name).matches()) {
      return Optional.empty();
    }
    // Spark reads no Parquet files in folders below the table's, but those of partitions.
    boolean table = slash < 0 || relativePath.substring(0, slash).matches("([^/]+=[^/]*(/|$))+");
    return Optional.of(
        format == SourceFormat.PARQUET && (!table || name.startsWith("_"))
            ? SourceFormat.FILES
            : format);
  }

  private static SourceFormat byName(String name) {
    if (name.toLowerCase(Locale.ROOT).endsWith(".parquet")) {
      return SourceFormat.PARQUET;
    }
    return TarShard.isName(name) ? SourceFormat.WEBDATASET : SourceFormat.FILES;
  }
}
