package dev.darkroom.jobs.curation;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.storage.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a report, on any Hadoop file system. Files are written aside and moved when all of
 * them are whole; those of an earlier report are replaced, and others stay.
 */
final class ReportFolder {
  private final String location;
  private final Configuration hadoop;

  ReportFolder(String location, Configuration hadoop) {
    this.location = location;
    this.hadoop = hadoop;
  }

  /**
   * Makes the folder where it is not there, before the work begins.
   *
   * @throws UserException where it can't be made
   */
  void prepare() {
    try {
      Path folder = new Path(location);
      FileSystem fs = WholeFile.fileSystem(folder, hadoop);
      if (fs.exists(folder) && fs.getFileStatus(folder).isFile()) {
        throw new UserException(
            "output '%s' is a file, and a report is a folder; name another place"
                .formatted(location));
      }
      fs.mkdirs(folder);
    } catch (IOException | IllegalArgumentException e) {
      throw refusal(e);
    }
  }

  /**
   * Writes files.
   *
   * @param files their content by their names
   * @throws UserException where they can't be written
   */
  void write(Map<String, String> files) {
    String mark = UUID.randomUUID().toString();
    try {
      Path folder = new Path(location);
      FileSystem fs = WholeFile.fileSystem(folder, hadoop);
      try {
        for (Map.Entry<String, String> file : files.entrySet()) {
          try (OutputStream out = fs.create(aside(folder, file.getKey(), mark), false)) {
            out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
          }
        }
        for (String name : files.keySet()) {
          WholeFile.replace(fs, aside(folder, name, mark), new Path(folder, name));
        }
      } finally {
        for (String name : files.keySet()) {
          fs.delete(aside(folder, name, mark), false);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw refusal(e);
    }
  }

  /** Where a file of the report is. */
  String place(String name) {
    return location.replaceAll("/+$", "") + "/" + name;
  }

  private static Path aside(Path folder, String name, String mark) {
    return new Path(folder, "." + name + "-" + mark + ".part");
  }

  private UserException refusal(Exception e) {
    return new UserException(
        "the report can't be written to '%s': %s; check path and permissions, or name another folder"
            .formatted(location, e.getMessage()),
        e);
  }
}
