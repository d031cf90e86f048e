package dev.darkroom.jobs.restore;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.storage.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The file that says which restored files are called otherwise than their rows: a JSON object a
 * line, with {@code source_path}, {@code relative_path}, {@code name} and {@code reason}. A member
 * of a tar is named by the tar's name and its own, with {@code #} between. Files whose names were
 * no UTF-8 are listed in any case: their source path has the bytes.
 */
final class NameListing {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String NOT_UTF8 = "not_utf8";

  private final String location;
  private final Configuration hadoop;

  NameListing(String location, Configuration hadoop) {
    this.location = location;
    this.hadoop = hadoop;
  }

  /**
   * Writes the listing, one row at a time, and replaces an earlier one. Where no name differs
   * nothing is written, unless there is one to replace.
   *
   * @param decided the rows of {@link RestorePlan#decided}
   * @return how many names differ
   * @throws UserException where it can't be written
   */
  long write(Dataset<Row> decided) {
    Dataset<Row> files =
        decided
            .filter(not(col(RestorePlan.IN_TAR)))
            .filter(not(col(NameAssignment.TARGET).equalTo(col("relative_path"))).or(notUtf8()))
            .select(
                col("source_path"),
                col("relative_path"),
                col(NameAssignment.TARGET),
                when(col(NameAssignment.REASON).notEqual(""), col(NameAssignment.REASON))
                    .otherwise(NOT_UTF8));
    Dataset<Row> members = decided.filter(col(RestorePlan.IN_TAR));
    Dataset<Row> tars =
        members
            .filter(not(col(NameAssignment.TARGET).equalTo(col("container"))))
            .select(
                col(RestorePlan.CONTAINER_KEY),
                col("container"),
                col(NameAssignment.TARGET),
                col(NameAssignment.REASON))
            .distinct();
    Column name = RestorePlan.MEMBER_NAME.apply(col("member"), col(NameAssignment.PNG));
    Dataset<Row> pngs =
        members
            .filter(not(name.equalTo(col("member"))))
            .select(
                col("source_path"),
                col("relative_path"),
                concat(col(NameAssignment.TARGET), lit("#"), name),
                lit(TargetName.Change.PNG.id()));
    Dataset<Row> all = files.union(tars).union(pngs);
    long count = all.count();
    try {
      Path path = new Path(location);
      FileSystem fs = WholeFile.fileSystem(path, hadoop);
      if (count > 0 || isThere(fs, path)) {
        Iterator<Row> rows = all.orderBy("source_path", "relative_path").toLocalIterator();
        WholeFile.write(fs, path, out -> write(rows, out));
      }
      return count;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "the listing of names can't be written to '%s': %s; name another file with --listing"
              .formatted(location, e.getMessage()),
          e);
    }
  }

  /** Whether there is a listing to replace; where that can't be seen there is none. */
  private static boolean isThere(FileSystem fs, Path path) {
    try {
      return fs.exists(path);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the file's own name is bytes that are no text; the relative path stands for it. */
  private static Column notUtf8() {
    return col("source_path")
        .startsWith("file+percent:")
        .or(coalesce(col("member").startsWith("percent:"), lit(false)));
  }

  private static void write(Iterator<Row> rows, OutputStream out) throws IOException {
    while (rows.hasNext()) {
      Row row = rows.next();
      Map<String, String> line = new LinkedHashMap<>();
      line.put("source_path", row.getString(0));
      line.put("relative_path", row.getString(1));
      line.put("name", row.getString(2));
      line.put("reason", row.getString(3));
      out.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
