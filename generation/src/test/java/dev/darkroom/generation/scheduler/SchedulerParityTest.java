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
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @MethodSource("goldens")
  void samplesAsDiffusersDoes(SchedulerGolden golden) {
    assertThat(golden.scheduler().timesteps()).containsExactly(golden.timesteps());
    SchedulerGolden.Difference difference = golden.difference();
    System.out.printf("%s: %.1e %.1e%n", golden, difference.middle(), difference.end());
    assertThat(difference.largest()).isLessThan(TOLERANCE);
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
