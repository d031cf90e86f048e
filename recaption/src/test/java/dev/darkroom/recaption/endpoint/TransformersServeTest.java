package dev.darkroom.recaption.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.FinishReason;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real thing: {@code transformers serve} with a tiny LLaVA on the CPU, against transformers'
 * own generate.
 *
 * <p>Runs where {@code DARKROOM_TRANSFORMERS_PYTHON} names the Python of an environment with {@code
 * recaption/training/serving/requirements.txt} (versions 4.57 and 5 of transformers both do).
 * {@code DARKROOM_LLAVA_CHECKPOINT} may name a checkpoint's folder; otherwise random weights are
 * made.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
    named = TransformersServeTest.PYTHON,
    matches = ".+",
    disabledReason = "name a Python with recaption/training/serving/requirements.txt to run this")
class TransformersServeTest {
  static final String PYTHON = "DARKROOM_TRANSFORMERS_PYTHON";

  private static final String PROMPT =
      "Describe this image and its style in a very detailed manner.";
  private static final int MAX_NEW_TOKENS = 24;
  private static final Duration START = Duration.ofMinutes(4);
  private static final Path TRAINING = Path.of("training").toAbsolutePath();

  @TempDir private static Path folder;

  private boolean streams;
  private String checkpoint = "";
  private List<Path> images = List.of();
  private List<String> expected = List.of();
  private ServerCaptioner captioner;

  @BeforeAll
  void launch() throws Exception {
    streams = python("-c", "import transformers; print(transformers.__version__)").startsWith("4.");
    checkpoint =
        Optional.ofNullable(System.getenv("DARKROOM_LLAVA_CHECKPOINT"))
            .orElseGet(this::randomCheckpoint);
    images = draw(6);
    List<String> arguments = new ArrayList<>();
    arguments.add(TRAINING.resolve("serving/reference.py").toString());
    arguments.addAll(List.of(checkpoint, PROMPT, Integer.toString(MAX_NEW_TOKENS)));
    images.forEach(image -> arguments.add(image.toString()));
    expected = new ArrayList<>();
    TestEndpoint.JSON
        .readTree(python(arguments.toArray(String[]::new)))
        .forEach(text -> expected.add(text.asText()));
    assertThat(expected).hasSize(images.size());
    captioner =
        ServerCaptioner.launch(
            ServerOptions.of(command(), Path.of("target", "transformers-serve"))
                .withModel(checkpoint)
                .withEnvironment(Map.of("HF_HUB_OFFLINE", "1", "TMPDIR", folder.toString()))
                .withLimits(START, Duration.ofSeconds(5)),
            EndpointOptions.DEFAULT.withInFlight(inFlight()));
  }

  /** Version 4 reads the model when it is first asked, and again for each who asks meanwhile. */
  private int inFlight() {
    return streams ? 1 : 4;
  }

  /** Version 5 takes the model as an argument and reads it before it is ready. */
  private String command() {
    return "'"
        + Path.of(System.getenv(PYTHON)).resolveSibling("transformers")
        + "' serve "
        + (streams ? "--force_model " : "")
        + "{model} --host 127.0.0.1 --port {port} --device cpu";
  }

  private String randomCheckpoint() {
    Path target = folder.resolve("random-llava");
    try {
      python(
          "-c",
          "import sys; sys.path.insert(0, sys.argv[1]); import checkpoints;"
              + " checkpoints.save('grouped-heads', sys.argv[2])",
          TRAINING.resolve("goldens").toString(),
          target.toString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return target.toString();
  }

  @AfterAll
  void stop() {
    if (captioner != null) {
      captioner.close();
    }
  }

  @Test
  void saysWhatTransformersSays() {
    List<CaptionOutcome> outcomes = Requests.all(captioner, requests(3));
    assertThat(outcomes).hasSize(18);
    for (int i = 0; i < outcomes.size(); i++) {
      assertThat(outcomes.get(i)).isInstanceOf(Caption.class);
      Caption caption = (Caption) outcomes.get(i);
      assertThat(caption.text()).isEqualTo(expected.get(i % expected.size()));
      if (!streams) {
        assertThat(caption.promptTokens()).isPositive();
        assertThat(caption.completionTokens()).isBetween(1, MAX_NEW_TOKENS);
        assertThat(caption.finishReason())
            .isEqualTo(
                caption.completionTokens() == MAX_NEW_TOKENS
                    ? FinishReason.LENGTH
                    : FinishReason.STOP);
      }
    }
  }

  @Test
  void outlivesItsServer() throws Exception {
    int restarts = captioner.server().restarts();
    Iterator<CaptionOutcome> outcomes = captioner.caption(requests(4).iterator());
    List<CaptionOutcome> all = new ArrayList<>();
    all.add(outcomes.next());
    URI base = captioner.server().awaitReady(START);
    String serverPort = Integer.toString(base.getPort());
    ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                process.info().arguments().map(List::of).orElse(List.of()).contains(serverPort)
                    && !process.info().command().orElse("").endsWith("bash"))
        .forEach(ProcessHandle::destroyForcibly);
    outcomes.forEachRemaining(all::add);
    assertThat(captioner.server().restarts()).isEqualTo(restarts + 1);
    assertThat(all).hasSize(24);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i)).isInstanceOf(Caption.class);
      assertThat(((Caption) all.get(i)).text()).isEqualTo(expected.get(i % expected.size()));
    }
  }

  @Test
  void tellsWhatTheServerRefuses() {
    DecodingParameters topK = new DecodingParameters(8, 0.5, 5, 1, 1, 0, Optional.empty());
    CaptionOutcome outcome =
        Requests.one(captioner, new CaptionRequest(Requests.PNG, PROMPT, topK, 1));
    assertThat(((CaptionFailure) outcome).type()).isEqualTo(CaptionFailure.Type.REJECTED);
    assertThat(((CaptionFailure) outcome).message()).contains("HTTP 422", "top_k");
    assertThat(captioner.model().id()).isEqualTo(checkpoint);
  }

  private List<CaptionRequest> requests(int times) {
    List<CaptionRequest> requests = new ArrayList<>();
    for (int i = 0; i < times * images.size(); i++) {
      try {
        requests.add(
            new CaptionRequest(
                Files.readAllBytes(images.get(i % images.size())),
                PROMPT,
                DecodingParameters.greedy(MAX_NEW_TOKENS),
                i));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return requests;
  }

  private static List<Path> draw(int count) throws IOException {
    Color[] colors = {Color.RED, Color.GREEN, Color.BLUE, Color.ORANGE, Color.GRAY, Color.PINK};
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(96 + 8 * i, 96, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.setColor(colors[i % colors.length]);
      graphics.fillOval(10 + 7 * i, 20, 40, 40);
      graphics.dispose();
      Path file = folder.resolve("image-" + i + ".png");
      Files.write(file, Requests.file(image, "png"));
      files.add(file);
    }
    return files;
  }

  private String python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getenv(PYTHON)));
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("python.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("HF_HUB_OFFLINE", "1");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(() -> "Python: " + read(errors)).isZero();
    return out;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
