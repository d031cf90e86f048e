package dev.darkroom.recaption.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Image files, and what Pillow and transformers' image processors make of them. */
public final class ImageGoldens {
  private static final JsonNode ALL = read();

  private ImageGoldens() {}

  private static JsonNode read() {
    try (InputStream in = ImageGoldens.class.getResourceAsStream("goldens.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the files. */
  public static Stream<String> names() {
    Iterable<String> names = ALL::fieldNames;
    return StreamSupport.stream(names.spliterator(), false);
  }

  /** What is known of a file. */
  public static JsonNode of(String name) {
    return ALL.get(name);
  }

  /** A file's bytes. */
  public static byte[] file(String name) {
    try (InputStream in = ImageGoldens.class.getResourceAsStream("files/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder with the {@code preprocessor_config.json} of an image processor. */
  public static Path processor(String name) {
    try {
      return Path.of(ImageGoldens.class.getResource("processors/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The SHA-256 in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
