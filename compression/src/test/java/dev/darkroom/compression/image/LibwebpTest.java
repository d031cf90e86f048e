package dev.darkroom.compression.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the binding does with its native library, each time in a JVM of its own. */
class LibwebpTest {
  @TempDir Path folder;

  /** Decodes a file and prints what came of it. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      ImageFileDecoder decoder = new ImageFileDecoder(DecodeLimits.DEFAULT);
      for (int i = 0; i < 2; i++) {
        try {
          System.out.println("decoded " + decoder.decode(read("rgba.webp")).raster().channels());
        } catch (ImageDecodeException e) {
          System.out.println(e.type() + " " + e.getMessage());
        }
      }
    }
  }

  @Test
  void saysThatItCannotBeLoaded() throws Exception {
    Path missing = folder.resolve("missing");
    String said = said(start("-Dcom.luciad.imageio.webp.tmpdir=" + missing));
    assertThat(said.lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("UNSUPPORTED WebP is not read here: libwebp can't be"));
  }

  @Test
  void saysThatThereIsNoneForThisPlatform() throws Exception {
    String said = said(start("-Dos.arch=sparcv9"));
    assertThat(said.lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("UNSUPPORTED WebP is not read here: libwebp can't be"));
  }

  @Test
  void isLoadedByManyProcessesAtOnce() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start("-Dcom.luciad.imageio.webp.tmpdir=" + folder));
    }
    for (Process process : processes) {
      assertThat(said(process).lines()).containsExactly("decoded 4", "decoded 4");
    }
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private Process start(String property) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java, property, "-cp", System.getProperty("java.class.path"), Main.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String said(Process process) throws IOException, InterruptedException {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = LibwebpTest.class.getResourceAsStream("/webp/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
