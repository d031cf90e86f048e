package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * Finds out how a table is kept: by a Delta log, or by the names of its files; and whether JSON is
 * lines or an array by the first character.
 *
 * <p>As Spark does, files are left out whose names begin with a dot or an underscore.
 */
final class TextFormats {
  private static final int BYTE_ORDER_MARK_START = 0xEF;
  private static final int BYTE_ORDER_MARK_LENGTH = 3;

  private final Configuration hadoop;

  TextFormats(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * The format of what is at a place.
   *
   * @param name what to call it in messages
   * @throws UserException where nothing is there, or files of no known format or of several
   */
  TextFormat detect(String name, String location) throws IOException {
    Path path = new Path(location);
    FileSystem fs = path.getFileSystem(hadoop);
    FileStatus[] starts = fs.globStatus(path);
    if (starts == null || starts.length == 0) {
      throw new UserException(name + " does not exist; check the path");
    }
    Map<TextFormat, Path> found = new EnumMap<>(TextFormat.class);
    for (FileStatus start : starts) {
      if (start.isDirectory() && fs.exists(new Path(start.getPath(), "_delta_log"))) {
        found.putIfAbsent(TextFormat.DELTA, start.getPath());
      } else {
        look(fs, start, found);
      }
    }
    if (found.size() > 1) {
      throw new UserException(
          "%s holds files of several formats (%s); name those of one"
              .formatted(
                  name,
                  found.values().stream().map(Path::getName).collect(Collectors.joining(", "))));
    }
    return found.keySet().stream()
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    name
                        + " is no table; give a Delta table, or files that end in .parquet, .json,"
                        + " .jsonl, .ndjson, .csv or .txt"));
  }

  private void look(FileSystem fs, FileStatus status, Map<TextFormat, Path> found)
      throws IOException {
    if (status.isFile()) {
      Optional<TextFormat> format = byName(status.getPath().getName());
      if (format.isPresent() && !found.containsKey(format.get())) {
        boolean array =
            format.get() == TextFormat.JSON_LINES && firstByte(fs, status.getPath()) == '[';
        found.putIfAbsent(array ? TextFormat.JSON_ARRAY : format.get(), status.getPath());
      }
      return;
    }
    FileStatus[] children = fs.listStatus(status.getPath());
    List<FileStatus> visible = new ArrayList<>(Arrays.asList(children));
    visible.removeIf(child -> child.getPath().getName().matches("[._].*"));
    visible.sort(Comparator.comparing(child -> child.getPath().getName()));
    for (FileStatus child : visible) {
      // Files of one format in folders like year=2024 are one table; one of them tells which.
      if (child.isFile() || found.isEmpty()) {
        look(fs, child, found);
      }
    }
  }

  private static Optional<TextFormat> byName(String name) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|bz2|zst|lz4|snappy|deflate)$", "");
    if (plain.endsWith(".parquet")) {
      return Optional.of(TextFormat.PARQUET);
    }
    if (plain.endsWith(".csv")) {
      return Optional.of(TextFormat.CSV);
    }
    if (plain.endsWith(".txt")) {
      return Optional.of(TextFormat.TEXT_LINES);
    }
    return plain.matches(".*\\.(json|jsonl|ndjson)")
        ? Optional.of(TextFormat.JSON_LINES)
        : Optional.empty();
  }

  /**
   * The first byte that is neither white space nor of a byte order mark; -1 where there is none.
   */
  private int firstByte(FileSystem fs, Path file) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    try (InputStream raw = fs.open(file);
        InputStream in = codec == null ? raw : codec.createInputStream(raw)) {
      int next = in.read();
      if (next == BYTE_ORDER_MARK_START) {
        in.readNBytes(BYTE_ORDER_MARK_LENGTH - 1);
        next = in.read();
      }
      while (next >= 0 && Character.isWhitespace(next)) {
        next = in.read();
      }
      return next;
    } catch (FileNotFoundException e) {
      throw new UserException("'%s' has gone; try again".formatted(file), e);
    }
  }
}
