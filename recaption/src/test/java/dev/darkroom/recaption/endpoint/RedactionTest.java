package dev.darkroom.recaption.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "vllm serve m --api-key s3cr3t --port {port}|vllm serve m --api-key *** --port {port}",
        "vllm serve m --api-key=s3cr3t --port {port}|vllm serve m --api-key=*** --port {port}",
        "env HF_TOKEN=s3cr3t PORT=1 vllm serve|env HF_TOKEN=*** PORT=1 vllm serve",
        "run --hf-token -s3cr3t|run --hf-token ***",
        "run --password 's3cr3t s3cr3t' --x|run --password *** --x",
        "run --apiKey s3cr3t --client.secret s3cr3t|run --apiKey *** --client.secret ***",
        "curl -H 'Authorization: Bearer s3cr3t'|curl -H Authorization: Bearer ***",
        "curl -H 'X-Api-Key: s3cr3t'|curl -H X-Api-Key: ***",
        "bash -c 'exec vllm --api-key s3cr3t --port 1'|bash -c exec vllm --api-key *** --port 1",
        "bash -c 'HF_TOKEN=s3cr3t vllm --port 1'|bash -c HF_TOKEN=*** vllm --port 1",
        "run --conf '{\"api_key\": \"s3cr3t\", \"n\": 1}'|run --conf {\"api_key\": ***, \"n\": 1}",
        "run --max-tokens 8 --tokenizer t --keyed --port 1|run --max-tokens 8 --tokenizer t --keyed"
            + " --port 1",
        "run --use-key --port {port}|run --use-key --port {port}",
        "bash -c 'echo key=$KEY' {port}|bash -c echo key=$KEY {port}",
      })
  void valuesOfSecretNamesAreHidden(String command, String shown) {
    assertThat(ServerOptions.shownCommand(command)).isEqualTo(shown).doesNotContain("s3cr3t");
    assertThat(ServerOptions.of(command, Path.of("logs")).toString()).doesNotContain("s3cr3t");
  }

  @Test
  void whatTheServerWritesIsWithoutThem() {
    Redaction redaction =
        Redaction.of(
            ApiKey.read("K", Map.of("K", "sk-0123456789")),
            List.of("serve", "--api-key", "0123456789abc", "--max-tokens", "100000000"),
            Map.of("HF_TOKEN", "hf_abcdefgh", "LONG_NAME", "a long value", "A_KEY", "short"));

    assertThat(redaction.redact("args: 0123456789abc sk-0123456789 hf_abcdefgh 100000000"))
        .isEqualTo("args: *** [API key] *** 100000000");
    assertThat(redaction.redact("a long value, short")).isEqualTo("a long value, short");
  }

  @Test
  @Timeout(60)
  void noErrorAndNoLogShowsThem(@TempDir Path folder) throws Exception {
    String secret = "s3cr3t-of-the-command";
    for (String command :
        List.of("serve --api-key " + secret, "serve --api-key '" + secret + " {port}")) {
      assertThatThrownBy(() -> InferenceServer.launch(ServerOptions.of(command, folder)))
          .isInstanceOf(EndpointException.class)
          .hasMessageNotContaining(secret);
    }
    ServerOptions options =
        ServerOptions.of(
                "bash -c 'echo \"$@\" $HF_TOKEN; exit 1' x --api-key " + secret + " {port}", folder)
            .withEnvironment(Map.of("HF_TOKEN", "hf_of-the-environment"));
    try (InferenceServer server = InferenceServer.launch(options)) {
      assertThatThrownBy(() -> server.awaitReady(Duration.ofSeconds(30)))
          .hasMessageContaining("--api-key ***")
          .hasMessageNotContaining(secret)
          .hasMessageNotContaining("hf_of-the-environment");
      assertThat(log(server))
          .contains("--api-key ***")
          .doesNotContain(secret)
          .doesNotContain("hf_of-the-environment");
    }
  }

  private static String log(InferenceServer server) throws IOException {
    return Files.readString(server.log());
  }
}
