package dev.darkroom.generation.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares with diffusers as it is installed, on configurations that no golden file knows.
 *
 * <p>Runs where {@code DARKROOM_DIFFUSERS_PYTHON} names the Python of an environment with {@code
 * generation/training/requirements.txt}.
 */
@EnabledIfEnvironmentVariable(
    named = LiveParityTest.PYTHON,
    matches = ".+",
    disabledReason = "name a Python with generation/training/requirements.txt to run this")
class LiveParityTest {
  static final String PYTHON = "DARKROOM_DIFFUSERS_PYTHON";

  private static final Path SCRIPT =
      Path.of("training", "goldens", "schedulers.py").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void drawnConfigurationsGiveTheSameSamples(int seed, @TempDir Path folder) throws Exception {
    python(folder, "--output", folder.toString(), "--seed", Integer.toString(seed));
    List<SchedulerGolden> goldens = SchedulerGolden.read(folder.resolve("goldens.json"));
    assertThat(goldens).hasSizeGreaterThan(40);
    for (SchedulerGolden golden : goldens) {
      assertThat(golden.scheduler().timesteps())
          .as("%s", golden.json())
          .containsExactly(golden.timesteps());
      SchedulerGolden.Difference difference = golden.difference();
      System.out.printf("%s: %.1e %.1e%n", golden, difference.torch(), difference.rounded());
      assertThat(Math.max(difference.torch(), difference.rounded()))
          .as("%s", golden.json())
          .isLessThan(SchedulerParityTest.TOLERANCE);
    }
  }

  private static void python(Path folder, String... arguments)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(System.getenv(PYTHON), SCRIPT.toString());
    builder.command().addAll(List.of(arguments));
    Process process =
        builder
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
  }
}
