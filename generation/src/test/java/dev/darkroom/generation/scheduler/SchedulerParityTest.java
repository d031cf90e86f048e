package dev.darkroom.generation.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with what diffusers did when the goldens were made. */
class SchedulerParityTest {
  static final double TOLERANCE = 1e-5;

  /** Of SA-Solver above order 2, whose samples PyTorch changes by 1.7e-4 without vector code. */
  private static final double CANCELLATION = 3e-4;

  @ParameterizedTest
  @MethodSource("goldens")
  void samplesAsDiffusersDoes(SchedulerGolden golden) {
    assertThat(golden.scheduler().timesteps()).containsExactly(golden.timesteps());
    SchedulerGolden.Difference difference = golden.difference();
    System.out.printf("%s: %.1e, rounded %.1e%n", golden, difference.torch(), difference.rounded());
    assertThat(difference.rounded()).isLessThan(TOLERANCE);
    assertThat(difference.torch()).isLessThan(golden.cancels() ? CANCELLATION : TOLERANCE);
  }

  static List<SchedulerGolden> goldens() throws IOException {
    return SchedulerGolden.read(
        Path.of("src", "test", "resources", "dev", "darkroom", "generation", "scheduler")
            .resolve("goldens.json"));
  }

  @Test
  void everySamplerIsCompared() throws IOException {
    assertThat(goldens().stream().map(golden -> golden.config().kind().orElseThrow()).distinct())
        .containsExactlyInAnyOrder(SamplerKind.values());
  }
}
