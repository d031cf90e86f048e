package dev.darkroom.recaption.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.image.ImageException;
import dev.darkroom.recaption.image.ImageGoldens;
import dev.darkroom.recaption.image.ImageLimits;
import dev.darkroom.recaption.image.RgbDecoder;
import dev.darkroom.recaption.image.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares with transformers and Pillow as they are installed, on checkpoints and photographs that
 * no golden file knows.
 *
 * <p>Runs where {@code DARKROOM_TRANSFORMERS_PYTHON} names the Python of an environment with {@code
 * recaption/training/export/requirements.txt}.
 */
@EnabledIfEnvironmentVariable(
    named = LiveParityTest.PYTHON,
    matches = ".+",
    disabledReason = "name a Python with recaption/training/export/requirements.txt to run this")
class LiveParityTest {
  static final String PYTHON = "DARKROOM_TRANSFORMERS_PYTHON";

  private static final Path SCRIPTS = Path.of("training", "goldens").toAbsolutePath();
  private static final Path PHOTOGRAPHS =
      Path.of("..", "..", "shared", "data", "coco-mini", "images");

  @Test
  void newRandomCheckpointsGiveTheSameTexts(@TempDir Path folder) throws Exception {
    python(folder, "captions.py", "--output", folder.resolve("models").toString(), "--seed", "3");
    for (String name : List.of("grouped-heads", "wide-image", "siglip-qwen")) {
      List<Goldens.Golden> goldens =
          Goldens.read(folder.resolve("models"), folder.resolve("models").resolve(name));
      for (int batchSize : new int[] {1, 8}) {
        LlavaOptions options = LlavaOptions.DEFAULT.withBatchSize(batchSize);
        try (LlavaCaptioner captioner =
            LlavaCaptioner.open(folder.resolve("models").resolve(name), options)) {
          List<String> texts = new ArrayList<>();
          captioner
              .caption(goldens.stream().map(Goldens.Golden::request).iterator())
              .forEachRemaining(outcome -> texts.add(((Caption) outcome).text()));
          assertThat(texts)
              .as("%s in batches of %d", name, batchSize)
              .isEqualTo(goldens.stream().map(golden -> golden.text().strip()).toList());
        }
      }
    }
  }

  @Test
  void photographsGiveTheSameSamplesAndValues(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isDirectory(PHOTOGRAPHS), "needs ../shared/data/coco-mini");
    List<String> lines =
        python(
            folder,
            "photographs.py",
            PHOTOGRAPHS.toString(),
            ImageGoldens.processor("clip").getParent().toString());
    assertThat(lines).hasSizeGreaterThan(100);
    for (String line : lines) {
      String name = line.substring(0, line.indexOf(' '));
      assertThat(digests(PHOTOGRAPHS.resolve(name))).isEqualTo(line);
    }
  }

  private static String digests(Path file) throws IOException, ImageException {
    RgbImage image = new RgbDecoder(ImageLimits.DEFAULT).decode(Files.readAllBytes(file));
    StringBuilder digests =
        new StringBuilder(file.getFileName().toString())
            .append(' ')
            .append(ImageGoldens.sha256(image.samples()));
    for (String name : List.of("clip", "siglip")) {
      ImageProcessor processor = ImageProcessor.read(ImageGoldens.processor(name));
      ByteBuffer values =
          ByteBuffer.allocate(processor.length() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      processor.process(image, values.asFloatBuffer());
      digests.append(' ').append(ImageGoldens.sha256(values.array()));
    }
    return digests.toString();
  }

  private static List<String> python(Path folder, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(System.getenv(PYTHON), SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve(script + ".out");
    Path errors = folder.resolve(script + ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor())
        .as("%s: %s", script, Files.readString(errors, StandardCharsets.UTF_8))
        .isZero();
    return Files.readAllLines(output);
  }
}
