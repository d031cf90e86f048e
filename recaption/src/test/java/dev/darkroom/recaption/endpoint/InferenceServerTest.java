package dev.darkroom.recaption.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes, killed for real. */
@Timeout(120)
class InferenceServerTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private ServerOptions options(String command) {
    return ServerOptions.of(command, folder)
        .withLimits(SOON, Duration.ofSeconds(2))
        .withHealth(Duration.ofMillis(200), Duration.ofSeconds(2), 10);
  }

  @Test
  void startsLogsAndEndsEverything() throws Exception {
    List<Long> pids;
    InferenceServer server =
        InferenceServer.launch(
            options(SmallServer.command(0))
                .withGpu("3")
                .withEnvironment(Map.of("SMALL_SERVER_SAYS", "greetings")));
    try (server) {
      URI base = server.awaitReady(SOON);
      assertThat(server.state()).isEqualTo(InferenceServer.State.READY);
      assertThat(get(base, "/gpu")).isEqualTo("3");
      pids = pids(base);
      assertThat(pids).hasSize(2).allMatch(InferenceServerTest::runs);
    }
    assertThat(pids).noneMatch(InferenceServerTest::runs);
    assertThat(server.state()).isEqualTo(InferenceServer.State.CLOSED);
    assertThat(server.log().getFileName().toString()).startsWith("server-3-");
    assertThat(Files.readString(server.log())).contains("listening on", "with greetings");
    assertThatThrownBy(() -> server.awaitReady(SOON)).hasMessageContaining("closed");
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "guard"})
  void startsAgainWhatIsKilled(String victim) throws Exception {
    try (InferenceServer server = InferenceServer.launch(options(SmallServer.command(0)))) {
      List<Long> pids = pids(server.awaitReady(SOON));
      ProcessHandle process = ProcessHandle.of(pids.get(0)).orElseThrow();
      kill(victim.equals("server") ? process : process.parent().orElseThrow());
      while (server.restarts() == 0) {
        Thread.sleep(20);
      }
      assertThat(pids).noneMatch(InferenceServerTest::runs);
      assertThat(pids(server.awaitReady(SOON))).doesNotContainAnyElementsOf(pids);
      assertThat(server.restarts()).isEqualTo(1);
      assertThat(server.awaitPlace(SOON).deaths()).isEqualTo(1);
    }
  }

  @Test
  void startsAgainWhatStopsAnswering() throws Exception {
    ServerOptions impatient =
        options(SmallServer.command(0))
            .withHealth(Duration.ofMillis(200), Duration.ofSeconds(1), 3);
    try (InferenceServer server = InferenceServer.launch(impatient)) {
      URI base = server.awaitReady(SOON);
      List<Long> pids = pids(base);
      get(base, "/hang");
      while (server.restarts() == 0) {
        Thread.sleep(20);
      }
      assertThat(pids).noneMatch(InferenceServerTest::runs);
      assertThat(pids(server.awaitReady(SOON))).doesNotContainAnyElementsOf(pids);
      assertThat(server.awaitPlace(SOON).deaths()).isZero();
    }
  }

  @Test
  void killsWhatDoesNotListen() throws Exception {
    String deaf =
        "bash -c 'trap \"\" TERM; \"$@\" & while :; do sleep 0.1; done' deaf "
            + SmallServer.command(0);
    List<Long> pids;
    try (InferenceServer server = InferenceServer.launch(options(deaf))) {
      pids = pids(server.awaitReady(SOON));
    }
    assertThat(pids).noneMatch(InferenceServerTest::runs);
  }

  @Test
  void givesUpWhatNeverStarts() throws Exception {
    String failing = "bash -c 'echo loading; echo \"CUDA out of memory\" >&2; exit 3' x {port}";
    try (InferenceServer server = InferenceServer.launch(options(failing))) {
      assertThatThrownBy(() -> server.awaitReady(SOON))
          .isInstanceOf(EndpointException.class)
          .hasMessageContaining("ended with status 3 before it was ready")
          .hasMessageContaining("loading | CUDA out of memory")
          .hasMessageContaining(server.log().toString());
      assertThat(server.state()).isEqualTo(InferenceServer.State.FAILED);
      assertThat(server.restarts()).isEqualTo(1);
    }
  }

  @Test
  void givesUpAtOnceWhatIsNotThere() throws Exception {
    try (InferenceServer server = InferenceServer.launch(options("no-such-server --port {port}"))) {
      assertThatThrownBy(() -> server.awaitReady(SOON))
          .hasMessageContaining("status 127")
          .hasMessageContaining("no-such-server");
      assertThat(server.restarts()).isZero();
    }
  }

  @Test
  void givesUpWhatIsNotReadyInTime() throws Exception {
    ServerOptions options =
        options("bash -c 'sleep 1000' x {port}")
            .withLimits(Duration.ofSeconds(1), Duration.ofSeconds(1));
    try (InferenceServer server = InferenceServer.launch(options)) {
      assertThatThrownBy(() -> server.awaitReady(Duration.ofMillis(200)))
          .hasMessageContaining("not ready after 200 ms");
      assertThatThrownBy(() -> server.awaitReady(SOON))
          .hasMessageContaining("was not ready within 1 s");
    }
  }

  @Test
  void givesUpWhatDiesTooOften() throws Exception {
    ServerOptions options = options(SmallServer.command(0)).withRestarts(1, Duration.ofMinutes(10));
    try (InferenceServer server = InferenceServer.launch(options)) {
      for (int i = 0; i < 2; i++) {
        URI base = server.awaitReady(SOON);
        kill(ProcessHandle.of(pids(base).get(0)).orElseThrow());
        while (server.state() == InferenceServer.State.READY) {
          Thread.sleep(20);
        }
      }
      assertThatThrownBy(() -> server.awaitReady(SOON))
          .hasMessageContaining("ended with status 137, and is not started again");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kill", "exit"})
  void endsWithItsJvm(String end) throws Exception {
    Process jvm =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                AbandonedServer.class.getName(),
                SmallServer.command(0),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Long> pids;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
      pids = pids(URI.create(out.readLine()));
      assertThat(pids).hasSize(2).allMatch(InferenceServerTest::runs);
      if (end.equals("kill")) {
        jvm.destroyForcibly();
      } else {
        jvm.getOutputStream().close();
      }
      jvm.waitFor();
    } finally {
      jvm.destroyForcibly();
    }
    while (pids.stream().anyMatch(InferenceServerTest::runs)) {
      Thread.sleep(50);
    }
  }

  @Test
  void keepsTheKeyOutOfItsLog() throws Exception {
    String secret = "sk-0123456789-secret";
    ApiKey key = ApiKey.read("K", Map.of("K", secret));
    ServerOptions options =
        options("bash -c 'echo api_key=$TOLD; exit 1' x {port}")
            .withEnvironment(Map.of("TOLD", secret));
    try (InferenceServer server = InferenceServer.launch(options, key)) {
      assertThatThrownBy(() -> server.awaitReady(SOON))
          .hasMessageContaining("api_key=[API key]")
          .hasMessageNotContaining(secret);
      assertThat(Files.readString(server.log())).contains("api_key=[API key]");
    }
  }

  @Test
  void refusesCommandsThatCannotWork() {
    for (Map.Entry<String, String> command :
        Map.of(
                "vllm serve m", "does not name {port}",
                "vllm serve {model} --port {port}", "names {model}",
                "vllm serve m --gpu {gpu} --port {port}", "names {gpu}",
                "vllm serve 'm --port {port}", "quote",
                " ", "empty")
            .entrySet()) {
      assertThatThrownBy(() -> InferenceServer.launch(options(command.getKey())))
          .isInstanceOf(EndpointException.class)
          .hasMessageContaining(command.getValue());
    }
  }

  @Test
  void captionsThroughTheDeathOfItsServer() throws Exception {
    EndpointOptions endpoint = EndpointOptions.DEFAULT.withInFlight(8);
    try (ServerCaptioner captioner =
        ServerCaptioner.launch(options(SmallServer.command(50)), endpoint)) {
      Iterator<CaptionOutcome> outcomes = captioner.caption(Requests.numbered(200).iterator());
      List<CaptionOutcome> all = new ArrayList<>();
      all.add(outcomes.next());
      kill(ProcessHandle.of(Long.parseLong(((Caption) all.get(0)).text())).orElseThrow());
      outcomes.forEachRemaining(all::add);
      assertThat(all).hasSize(200).allSatisfy(o -> assertThat(o).isInstanceOf(Caption.class));
      Set<String> servers = all.stream().map(o -> ((Caption) o).text()).collect(Collectors.toSet());
      assertThat(servers).hasSize(2);
      assertThat(all.stream().filter(o -> o.attempts() > 1).count()).isBetween(1L, 8L);
      assertThat(captioner.model().id()).isEqualTo("small");
      assertThat(captioner.server().restarts()).isEqualTo(1);
    }
  }

  @Test
  void losesOnlyTheRowThatKillsItsServer() {
    List<CaptionRequest> requests = new ArrayList<>(Requests.numbered(40));
    requests.set(5, Requests.ask("poison"));
    try (ServerCaptioner captioner =
        ServerCaptioner.launch(
            options(SmallServer.command(50)), EndpointOptions.DEFAULT.withInFlight(8))) {
      List<CaptionOutcome> outcomes = Requests.all(captioner, requests);
      assertThat(captioner.server().restarts()).isEqualTo(3);
      CaptionFailure failure = (CaptionFailure) outcomes.remove(5);
      assertThat(failure.type()).isEqualTo(CaptionFailure.Type.MODEL_ERROR);
      assertThat(failure.message()).contains("died each time");
      assertThat(outcomes)
          .hasSize(39)
          .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Caption.class));
    }
  }

  @Test
  @Timeout(300)
  void losesOnlyTheRowThatSilencesItsServerAndDoesNotCallItDeadly() {
    List<CaptionRequest> requests = new ArrayList<>(Requests.numbered(20));
    requests.set(5, Requests.ask("stupor"));
    ServerOptions impatient =
        options(SmallServer.command(50))
            .withHealth(Duration.ofMillis(200), Duration.ofSeconds(1), 3);
    EndpointOptions endpoint =
        EndpointOptions.DEFAULT
            .withInFlight(8)
            .withRetry(new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(4)));
    try (ServerCaptioner captioner = ServerCaptioner.launch(impatient, endpoint)) {
      List<CaptionOutcome> outcomes = Requests.all(captioner, requests);
      CaptionFailure failure = (CaptionFailure) outcomes.remove(5);
      assertThat(failure.type()).isEqualTo(CaptionFailure.Type.UNAVAILABLE);
      assertThat(outcomes)
          .hasSize(19)
          .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Caption.class));
    }
  }

  @Test
  void failsRowsQuicklyWhereItsServerIsGivenUp() {
    try (ServerCaptioner captioner =
        ServerCaptioner.launch(
            options("no-such-server {model} {port}").withModel("m"), EndpointOptions.DEFAULT)) {
      assertThat(Requests.all(captioner, Requests.numbered(500)))
          .hasSize(500)
          .allSatisfy(
              outcome ->
                  assertThat(((CaptionFailure) outcome).type())
                      .isEqualTo(CaptionFailure.Type.UNAVAILABLE));
      CaptionFailure first =
          (CaptionFailure) captioner.caption(Requests.numbered(1).iterator()).next();
      assertThat(first.attempts()).isEqualTo(1);
      assertThatThrownBy(captioner::model)
          .isInstanceOf(EndpointException.class)
          .hasMessageContaining("no-such-server");
    }
  }

  private static void kill(ProcessHandle process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-9", Long.toString(process.pid())).start().waitFor();
  }

  private static List<Long> pids(URI base) throws IOException, InterruptedException {
    return Stream.of(get(base, "/pids").split(" ", -1)).map(Long::valueOf).toList();
  }

  /** Whether a process is there and no zombie that waits for its parent. */
  private static boolean runs(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    Path status = Path.of("/proc/" + pid + "/status");
    try {
      return process.isPresent()
          && !(Files.exists(status) && Files.readString(status).contains("State:\tZ"));
    } catch (IOException e) {
      return false;
    }
  }

  private static String get(URI base, String path) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(base.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
