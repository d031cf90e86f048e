package dev.darkroom.udfs.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that is shipped for clusters, with a program that answers as nvidia-smi does. */
class DiscoverGpusTest {
  private static final Path SCRIPT = Path.of("..", "bin", "discover-gpus").toAbsolutePath();

  @TempDir private Path temp;

  @Test
  void everyGpuOfTheMachineIsNamed() throws Exception {
    nvidiaSmi("printf '0\\n1\\n10\\n'");

    assertThat(run(Map.of()))
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\",\"10\"]}\n");
  }

  @Test
  void whereOnlySomeMayBeSeenTheseAreNamed() throws Exception {
    nvidiaSmi("exit 1");

    assertThat(run(Map.of("CUDA_VISIBLE_DEVICES", "2, GPU-8f6e")))
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"2\",\"GPU-8f6e\"]}\n");
  }

  @Test
  void noGpuIsAnErrorWithItsReason() throws Exception {
    nvidiaSmi("true");
    assertThat(run(Map.of())).contains("lists no GPU");

    Files.delete(temp.resolve("nvidia-smi"));
    assertThat(run(Map.of())).contains("there is no nvidia-smi");
  }

  private void nvidiaSmi(String body) throws IOException {
    Path program = Files.writeString(temp.resolve("nvidia-smi"), "#!/bin/sh\n" + body + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private String run(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", SCRIPT.toString()).redirectErrorStream(true);
    builder.environment().remove("CUDA_VISIBLE_DEVICES");
    builder.environment().put("PATH", temp + ":/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor() == 0).isEqualTo(output.startsWith("{"));
    return output;
  }
}
