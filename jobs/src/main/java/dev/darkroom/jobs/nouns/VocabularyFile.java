package dev.darkroom.jobs.nouns;

import dev.darkroom.jobs.UserException;
import dev.darkroom.udfs.nouns.Vocabulary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads a vocabulary: UTF-8, a noun a line; case, empty lines and repetitions don't matter. */
final class VocabularyFile {
  private VocabularyFile() {}

  /**
   * Reads it.
   *
   * @throws UserException where it can't be read, or has no noun
   */
  static Vocabulary read(Configuration hadoop, String location) {
    Path path = new Path(location);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(path.getFileSystem(hadoop).open(path), StandardCharsets.UTF_8))) {
      List<String> nouns =
          lines
              .lines()
              .map(line -> line.strip().toLowerCase(Locale.ROOT))
              .filter(line -> !line.isEmpty())
              .distinct()
              .toList();
      if (nouns.isEmpty()) {
        throw new UserException("vocabulary '%s' has no noun; put one a line".formatted(location));
      }
      return new Vocabulary(nouns);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "vocabulary '%s' can't be read: %s; name a text file".formatted(location, e.getMessage()),
          e);
    }
  }
}
