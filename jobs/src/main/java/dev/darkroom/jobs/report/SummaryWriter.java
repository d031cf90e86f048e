package dev.darkroom.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.jobs.storage.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Shows a summary and keeps it as a JSON file. */
public final class SummaryWriter {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Console console;
  private final Configuration hadoop;

  /** Writes to a console, and to files on the file systems that the configuration knows. */
  public SummaryWriter(Console console, Configuration hadoop) {
    this.console = console;
    this.hadoop = hadoop;
  }

  /** The summary as a JSON object. */
  public static String json(Summary summary) {
    try {
      return MAPPER.writeValueAsString(summary);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a summary that is no JSON: " + summary, e);
    }
  }

  /**
   * Shows the summary and writes it to a file. A file that can't be written is a warning: the job
   * itself is done.
   *
   * @param json whether to show JSON instead of lines
   * @param file a path or URI of any Hadoop file system
   */
  public void write(Summary summary, boolean json, String file) {
    String text = json(summary);
    if (json) {
      console.out().println(text);
    } else {
      summary.lines().forEach(console.out()::println);
    }
    try {
      save(text, file);
      if (!json) {
        console.out().println("summary as JSON: " + file);
      }
    } catch (IOException | IllegalArgumentException e) {
      console
          .err()
          .println(
              "darkroom: the summary can't be written to '%s': %s; name another file with --summary-json"
                  .formatted(file, e.getMessage()));
    }
  }

  private void save(String text, String file) throws IOException {
    Path path = new Path(file);
    WholeFile.write(
        WholeFile.fileSystem(path, hadoop),
        path,
        out -> out.write((text + "\n").getBytes(StandardCharsets.UTF_8)));
  }
}
