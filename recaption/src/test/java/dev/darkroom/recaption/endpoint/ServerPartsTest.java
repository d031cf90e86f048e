package dev.darkroom.recaption.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an {@link InferenceServer} is made of. */
class ServerPartsTest {
  private static final Redaction REDACTION =
      Redaction.of(ApiKey.read("K", Map.of("K", "sk-0123456789")), List.of(), Map.of());

  @Test
  void splitsACommandAsAShellDoes() {
    Map<String, String> values = Map.of("port", "80", "model", "/models/my llava $1\\");
    assertThat(
            CommandTemplate.parse(
                    " vllm  serve {model} --port={port}\t--limit '{\"image\": 1}' \"a b\" c\\ d ''"
                        + " \"q\\\"q\" 'x'\"y\"z")
                .fill(values))
        .containsExactly(
            "vllm",
            "serve",
            "/models/my llava $1\\",
            "--port=80",
            "--limit",
            "{\"image\": 1}",
            "a b",
            "c d",
            "",
            "q\"q",
            "xyz");
    assertThatThrownBy(() -> CommandTemplate.parse("a {gpus} {port}").fill(values))
        .hasMessageContaining("{gpus}")
        .hasMessageContaining("[{model}, {port}]");
  }

  @Test
  void leasesPortsThatNobodyHas() throws IOException {
    List<PortLease> leases = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        leases.add(PortLease.take());
      }
      assertThat(leases.stream().map(PortLease::port)).doesNotHaveDuplicates();
      for (PortLease lease : leases) {
        assertThat(lease.port()).isBetween(20_000, 31_999);
        try (ServerSocket socket = new ServerSocket()) {
          socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), lease.port()));
        }
      }
    } finally {
      leases.forEach(PortLease::close);
    }
  }

  @Test
  void spendsItsBudgetAndGetsItBack() {
    RestartBudget budget = new RestartBudget(3, Duration.ofSeconds(60));
    long second = 1_000_000_000L;
    assertThat(budget.take(-second)).contains(Duration.ofSeconds(1));
    assertThat(budget.take(10 * second)).contains(Duration.ofSeconds(2));
    assertThat(budget.take(20 * second)).contains(Duration.ofSeconds(4));
    assertThat(budget.take(30 * second)).isEmpty();
    assertThat(budget.take(60 * second)).contains(Duration.ofSeconds(4));
    assertThat(budget.take(60 * second)).isEmpty();
    assertThat(new RestartBudget(0, Duration.ofSeconds(1)).take(0)).isEmpty();
  }

  @Test
  void boundsItsLog(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/server.log");
    try (ServerLog log = new ServerLog(file, 1000, REDACTION)) {
      StringBuilder written = new StringBuilder("0%\r50%\r100%\n\n");
      for (int i = 0; i < 200; i++) {
        written.append("line ").append(i).append(" sk-0123456789\n");
      }
      written.append("x".repeat(20_000)).append("\nthe end");
      log.drain(new ByteArrayInputStream(written.toString().getBytes(StandardCharsets.UTF_8)));
      log.flush();
      assertThat(log.lastLines(1)).containsExactly("the end");
      assertThat(log.lastLines(1000)).hasSize(50).contains("line 199 [API key]");
      assertThat(Files.readString(file)).endsWith("the end\n");
      assertThat(Files.size(file)).isLessThan(9000);
      assertThat(Files.size(folder.resolve("new/server.log.1"))).isLessThan(9000);
    }
    try (ServerLog again = new ServerLog(file, 100_000, REDACTION)) {
      again.add("more");
    }
    assertThat(Files.readString(file)).endsWith("the end\nmore\n");
    assertThat(folder.resolve("new").toFile().list()).hasSize(2);
  }
}
