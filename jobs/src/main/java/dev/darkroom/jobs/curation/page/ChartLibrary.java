package dev.darkroom.jobs.curation.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What draws the charts: Vega, Vega-Lite and Vega's interpreter of expressions, which needs no
 * {@code eval}. They come along with the jar; {@code jobs/charts/refresh} takes them anew.
 *
 * @param files the libraries, in the order in which a page needs them
 */
public record ChartLibrary(List<File> files) {
  private static final String FOLDER = "/dev/darkroom/jobs/curation/charts/";

  /** Takes a copy. */
  public ChartLibrary {
    files = List.copyOf(files);
  }

  /**
   * A library.
   *
   * @param name its package's name
   * @param version its package's version
   * @param sha256 hash of the code, lower-case hex
   * @param code JavaScript
   * @param licence its licence's text
   */
  public record File(String name, String version, String sha256, String code, String licence) {}

  /** The libraries that come along. */
  public static ChartLibrary bundled() {
    List<File> files = new ArrayList<>();
    for (JsonNode entry : manifest()) {
      files.add(
          new File(
              entry.get("name").asText(),
              entry.get("version").asText(),
              entry.get("sha256").asText(),
              resource(FOLDER + entry.get("file").asText()),
              resource(FOLDER + entry.get("licence").asText())));
    }
    return new ChartLibrary(files);
  }

  private static JsonNode manifest() {
    try {
      return new JsonMapper().readTree(resource(FOLDER + "manifest.json"));
    } catch (IOException e) {
      throw new UncheckedIOException("the manifest of the chart libraries is damaged", e);
    }
  }

  /** A text that comes along. */
  static String resource(String path) {
    try (InputStream in = ChartLibrary.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + path + "; the job jar holds it");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the class path's " + path + " can't be read", e);
    }
  }
}
