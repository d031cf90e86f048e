package dev.darkroom.recaption.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.Captioner;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.FinishReason;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OpenAiCaptionerTest {
  private static final EndpointOptions QUICK =
      EndpointOptions.DEFAULT
          .withModel("m")
          .withRetry(new RetryPolicy(3, Duration.ofMillis(20), Duration.ofMillis(50)))
          .withLimits(Duration.ofSeconds(10), Duration.ofSeconds(20))
          .withPatience(Duration.ofSeconds(1));

  private static OpenAiCaptioner captioner(TestEndpoint endpoint, EndpointOptions options) {
    return new OpenAiCaptioner(endpoint.uri(), options, Map.of());
  }

  @Test
  void takesWhatTheEndpointSays() throws IOException {
    try (TestEndpoint endpoint = new TestEndpoint(TestEndpoint.says("  A yellow oval.\n"));
        Captioner captioner = captioner(endpoint, QUICK)) {
      Caption caption = (Caption) Requests.one(captioner, Requests.ask("What is this?"));
      assertThat(caption.text()).isEqualTo("A yellow oval.");
      assertThat(caption.finishReason()).isEqualTo(FinishReason.STOP);
      assertThat(caption.promptTokens()).isEqualTo(600);
      assertThat(caption.completionTokens()).isEqualTo(12);
      assertThat(caption.attempts()).isEqualTo(1);
      assertThat(caption.millis()).isBetween(0L, 10_000L);
    }
  }

  @Test
  void sendsWhatServersExpect() throws IOException {
    try (TestEndpoint endpoint = new TestEndpoint(TestEndpoint.says("x"));
        Captioner captioner = captioner(endpoint, QUICK)) {
      Requests.one(captioner, Requests.ask("What is \"this\"?"));
      TestEndpoint.Received request = endpoint.received().get(0);
      assertThat(request.method() + " " + request.path()).isEqualTo("POST /v1/chat/completions");
      assertThat(request.headers()).containsEntry("Content-type", List.of("application/json"));
      assertThat(request.headers()).doesNotContainKeys("Authorization", "Upgrade");
      assertThat(request.body())
          .isEqualTo(
              TestEndpoint.JSON.readTree(
                  """
                  {"model": "m", "messages": [{"role": "user", "content": [
                    {"type": "text", "text": "What is \\"this\\"?"},
                    {"type": "image_url", "image_url": {"url": "data:image/png;base64,%s"}}]}],
                   "max_tokens": 32, "temperature": 0.0, "seed": 7, "stream": false}
                  """
                      .formatted(java.util.Base64.getEncoder().encodeToString(Requests.PNG))));
    }
  }

  @Test
  void sendsFurtherParametersOnlyWhereTheyAreSet() throws IOException {
    DecodingParameters sampling =
        new DecodingParameters(64, 0.7, 40, 0.9, 1.1, 0, Optional.empty());
    try (TestEndpoint endpoint = new TestEndpoint(TestEndpoint.says("x"));
        Captioner captioner = captioner(endpoint, QUICK)) {
      Requests.one(captioner, new CaptionRequest(Requests.PNG, "p", sampling, 1L << 40));
      JsonNode body = endpoint.received().get(0).body();
      assertThat(body.path("temperature").doubleValue()).isEqualTo(0.7);
      assertThat(body.path("top_k").intValue()).isEqualTo(40);
      assertThat(body.path("top_p").doubleValue()).isEqualTo(0.9);
      assertThat(body.path("repetition_penalty").doubleValue()).isEqualTo(1.1);
      assertThat(body.path("seed").longValue()).isEqualTo(1 << 8);
    }
  }

  @Test
  void refusesParametersThatEndpointsWouldIgnore() throws IOException {
    DecodingParameters ngrams = new DecodingParameters(8, 0, 0, 1, 1, 3, Optional.empty());
    DecodingParameters mirostat =
        new DecodingParameters(
            8, 1, 0, 1, 1, 0, Optional.of(new DecodingParameters.Mirostat(5, 0.1)));
    try (TestEndpoint endpoint = new TestEndpoint(TestEndpoint.says("x"));
        Captioner captioner = captioner(endpoint, QUICK)) {
      for (DecodingParameters parameters : List.of(ngrams, mirostat)) {
        CaptionOutcome outcome =
            Requests.one(captioner, new CaptionRequest(Requests.PNG, "p", parameters, 1));
        assertThat(((CaptionFailure) outcome).type()).isEqualTo(CaptionFailure.Type.REJECTED);
      }
      assertThat(endpoint.completions()).isZero();
    }
  }

  @Test
  void keepsTheOrderAndReadsNoFurtherThanWhatIsInFlight() throws IOException {
    CountDownLatch eight = new CountDownLatch(8);
    AtomicInteger read = new AtomicInteger();
    AtomicInteger ahead = new AtomicInteger();
    AtomicInteger given = new AtomicInteger();
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> TestEndpoint.send(exchange, 500, "unused"));
        Captioner captioner = captioner(endpoint, QUICK.withInFlight(8))) {
      endpoint.completion(
          (exchange, request, number) -> {
            TestEndpoint.gather(eight);
            TestEndpoint.sleep((number * 7919L) % 23);
            endpoint.leaves();
            TestEndpoint.send(exchange, 200, TestEndpoint.completion(request.prompt(), "stop"));
          });
      Iterator<CaptionRequest> requests =
          Requests.numbered(200).stream()
              .peek(r -> ahead.accumulateAndGet(read.incrementAndGet() - given.get(), Math::max))
              .iterator();
      List<String> texts = new ArrayList<>();
      Iterator<CaptionOutcome> outcomes = captioner.caption(requests);
      assertThat(read).hasValue(0);
      while (outcomes.hasNext()) {
        texts.add(((Caption) outcomes.next()).text());
        given.incrementAndGet();
      }
      assertThat(texts)
          .isEqualTo(Requests.numbered(200).stream().map(CaptionRequest::prompt).toList());
      assertThat(endpoint.mostInFlight()).isEqualTo(8);
      // A stream's iterator fetches one element in hasNext(), where there was none before.
      assertThat(ahead.get()).isBetween(8, 9);
    }
  }

  @Test
  void sharesWhatIsInFlightAmongThoseWhoAsk() throws Exception {
    CountDownLatch four = new CountDownLatch(4);
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> TestEndpoint.send(exchange, 500, "unused"));
        Captioner captioner = captioner(endpoint, QUICK.withInFlight(4))) {
      endpoint.completion(
          (exchange, request, number) -> {
            TestEndpoint.gather(four);
            TestEndpoint.sleep(5);
            endpoint.leaves();
            TestEndpoint.send(exchange, 200, TestEndpoint.completion(request.prompt(), "stop"));
          });
      // Someone who asked and went away keeps nobody waiting.
      captioner.caption(Requests.numbered(50).iterator()).next();
      List<Thread> threads = new ArrayList<>();
      AtomicInteger captions = new AtomicInteger();
      for (int i = 0; i < 3; i++) {
        Thread thread =
            new Thread(
                () ->
                    captioner
                        .caption(Requests.numbered(50).iterator())
                        .forEachRemaining(outcome -> captions.incrementAndGet()));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(captions).hasValue(150);
      assertThat(endpoint.mostInFlight()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503})
  void asksAgainWhenTheEndpointIsInTrouble(int status) throws IOException {
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) ->
                    TestEndpoint.send(
                        exchange,
                        number < 3 ? status : 200,
                        number < 3 ? "{}" : TestEndpoint.completion("late", "stop")));
        Captioner captioner = captioner(endpoint, QUICK)) {
      Caption caption = (Caption) Requests.one(captioner, Requests.ask("p"));
      assertThat(caption.text()).isEqualTo("late");
      assertThat(caption.attempts()).isEqualTo(3);
    }
  }

  @Test
  void waitsAsLongAsTheEndpointAsks() throws IOException {
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> {
                  exchange.getResponseHeaders().set("Retry-After", "1");
                  TestEndpoint.send(
                      exchange, number == 1 ? 429 : 200, TestEndpoint.completion("x", "stop"));
                });
        Captioner captioner = captioner(endpoint, QUICK)) {
      Caption caption = (Caption) Requests.one(captioner, Requests.ask("p"));
      assertThat(caption.attempts()).isEqualTo(2);
      assertThat(caption.millis()).isGreaterThanOrEqualTo(1000);
    }
  }

  @Test
  void givesARowUpWhereTheEndpointAsksForMoreTimeThanThereIs() throws IOException {
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> {
                  exchange.getResponseHeaders().set("Retry-After", "3600");
                  TestEndpoint.send(exchange, 503, "{\"message\": \"maintenance\"}");
                });
        Captioner captioner = captioner(endpoint, QUICK)) {
      CaptionFailure failure = (CaptionFailure) Requests.one(captioner, Requests.ask("p"));
      assertThat(failure.type()).isEqualTo(CaptionFailure.Type.UNAVAILABLE);
      assertThat(failure.message()).contains("HTTP 503", "maintenance");
      assertThat(failure.attempts()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"error\":{\"message\":\"bad image\"}} | REJECTED | bad image",
        "404 | {\"object\":\"error\",\"message\":\"no model m\"} | REJECTED | no model m",
        "422 | {\"detail\":\"Unexpected keys: top_k\"} | REJECTED | Unexpected keys: top_k",
        "413 | <html>too large</html> | REJECTED | too large",
        "401 | {\"error\":\"Unauthorized\"} | REJECTED | no key in OPENAI_API_KEY",
        "400 | {\"message\":\"This model's maximum context length is 4096 tokens\"}"
            + " | PROMPT_TOO_LONG | 4096",
        "302 | moved | BAD_RESPONSE | HTTP 302",
      })
  void takesARefusalAsTheRowsOwn(int status, String body, CaptionFailure.Type type, String message)
      throws IOException {
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> TestEndpoint.send(exchange, status, body));
        Captioner captioner = captioner(endpoint, QUICK)) {
      CaptionFailure failure = (CaptionFailure) Requests.one(captioner, Requests.ask("p"));
      assertThat(failure.type()).isEqualTo(type);
      assertThat(failure.message()).contains(message);
      assertThat(endpoint.completions()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "17",
        "\"text\"",
        "<!DOCTYPE html><html><body>Welcome to nginx!</body></html>",
        "{\"choices\": []}",
        "{\"choices\": {}}",
        "{\"choices\": [null]}",
        "{\"choices\": [{\"message\": \"text\"}]}",
        "{\"choices\": [{\"message\": {\"content\": 17}}]}",
        "{\"choices\": [{\"message\": {\"content\": null}, \"finish_reason\": \"stop\"}]}",
        "{\"choices\": [{\"message\": {\"content\": \"cut",
        "{\"error\": {\"message\": \"out of memory\"}}",
        "data: {\"choices\": [{\"delta\": {\"content\": \"cut\"}}]}\n\n",
        "data: {\"error\": \"CUDA error\"}\n\n",
        "data: <html>\n\n",
      })
  void tellsWhatIsNoAnswer(String body) throws IOException {
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> TestEndpoint.send(exchange, 200, body));
        Captioner captioner = captioner(endpoint, QUICK)) {
      CaptionFailure failure = (CaptionFailure) Requests.one(captioner, Requests.ask("p"));
      assertThat(failure.type()).isEqualTo(CaptionFailure.Type.BAD_RESPONSE);
      assertThat(failure.message()).hasSizeLessThan(400).contains("OpenAI-compatible");
    }
  }

  @ParameterizedTest
  @CsvSource({"stop,STOP", "length,LENGTH", "content_filter,OTHER", "abort,OTHER"})
  void tellsWhyTheModelStopped(String said, FinishReason reason) throws IOException {
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) ->
                    TestEndpoint.send(exchange, 200, TestEndpoint.completion("cut", said)));
        Captioner captioner = captioner(endpoint, QUICK)) {
      Caption caption = (Caption) Requests.one(captioner, Requests.ask("p"));
      assertThat(caption.finishReason()).isEqualTo(reason);
      assertThat(caption.text()).isEqualTo("cut");
    }
  }

  @Test
  void readsAStreamOfEventsThatNobodyAskedFor() throws IOException {
    String stream =
        """
        data: {"choices":[{"delta":{"role":"assistant"},"index":0}]}

        data: {"choices":[{"delta":{"content":"A yellow "},"index":0}]}

        data: {"choices":[{"delta":{"content":"oval."},"index":0}]}

        data: {"choices":[{"delta":{},"finish_reason":"length","index":0}]}

        data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}

        data: [DONE]

        """;
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> TestEndpoint.send(exchange, 200, stream));
        Captioner captioner = captioner(endpoint, QUICK)) {
      Caption caption = (Caption) Requests.one(captioner, Requests.ask("p"));
      assertThat(caption.text()).isEqualTo("A yellow oval.");
      assertThat(caption.finishReason()).isEqualTo(FinishReason.LENGTH);
      assertThat(caption.promptTokens()).isEqualTo(5);
      assertThat(caption.completionTokens()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsAnAnswerThatTakesTooLong(boolean headersComeInTime) throws IOException {
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> {
                  if (headersComeInTime) {
                    exchange.sendResponseHeaders(200, 1000);
                  }
                  for (int i = 0; i < 100; i++) {
                    TestEndpoint.sleep(50);
                    if (headersComeInTime) {
                      exchange.getResponseBody().write(' ');
                      exchange.getResponseBody().flush();
                    }
                  }
                });
        Captioner captioner =
            captioner(endpoint, QUICK.withLimits(Duration.ofMillis(300), Duration.ofSeconds(20)))) {
      CaptionFailure failure = (CaptionFailure) Requests.one(captioner, Requests.ask("p"));
      assertThat(failure.type()).isEqualTo(CaptionFailure.Type.TIMEOUT);
      assertThat(failure.attempts()).isEqualTo(3);
      assertThat(failure.millis()).isBetween(900L, 5000L);
    }
  }

  @Test
  void endsARowThatTakesTooLong() throws IOException {
    try (TestEndpoint endpoint =
            new TestEndpoint((exchange, request, number) -> TestEndpoint.sleep(20_000));
        Captioner captioner =
            captioner(endpoint, QUICK.withLimits(Duration.ofSeconds(10), Duration.ofMillis(500)))) {
      CaptionFailure failure = (CaptionFailure) Requests.one(captioner, Requests.ask("p"));
      assertThat(failure.type()).isEqualTo(CaptionFailure.Type.TIMEOUT);
      assertThat(failure.attempts()).isEqualTo(1);
      assertThat(failure.millis()).isBetween(450L, 5000L);
    }
  }

  @Test
  void asksAgainWhenAConnectionBreaksHalfWay() throws IOException {
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> {
                  String body = TestEndpoint.completion("whole", "stop");
                  exchange.sendResponseHeaders(200, body.length());
                  String sent = number == 1 ? body.substring(0, body.length() / 2) : body;
                  exchange
                      .getResponseBody()
                      .write(sent.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                  exchange.getResponseBody().flush();
                });
        Captioner captioner = captioner(endpoint, QUICK)) {
      Caption caption = (Caption) Requests.one(captioner, Requests.ask("p"));
      assertThat(caption.text()).isEqualTo("whole");
      assertThat(caption.attempts()).isEqualTo(2);
    }
  }

  @Test
  void takesNoAnswerOfHugeSize() throws IOException {
    AtomicBoolean cutOff = new AtomicBoolean();
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> {
                  exchange.sendResponseHeaders(200, 0);
                  try {
                    for (int i = 0; i < 10_000; i++) {
                      exchange.getResponseBody().write(new byte[1 << 16]);
                    }
                  } catch (IOException e) {
                    cutOff.set(true);
                    throw e;
                  }
                });
        Captioner captioner = captioner(endpoint, QUICK.withAnswerBytes(1 << 20))) {
      CaptionFailure failure = (CaptionFailure) Requests.one(captioner, Requests.ask("p"));
      assertThat(failure.type()).isEqualTo(CaptionFailure.Type.BAD_RESPONSE);
      assertThat(failure.message()).contains("more than 1048576 bytes");
      assertThat(endpoint.completions()).isEqualTo(1);
      while (!cutOff.get()) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void sparesADeadEndpointAndFindsItBack() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    URI uri = URI.create("http://127.0.0.1:" + port + "/v1");
    EndpointOptions options =
        QUICK
            .withInFlight(4)
            .withRetry(new RetryPolicy(3, Duration.ofMillis(100), Duration.ofMillis(100)));
    try (Captioner captioner = new OpenAiCaptioner(uri, options, Map.of())) {
      long start = System.nanoTime();
      List<CaptionOutcome> outcomes = Requests.all(captioner, Requests.numbered(5000));
      // One after the other, four at a time and with two waits each, these would take three
      // minutes.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      assertThat(outcomes)
          .hasSize(5000)
          .allSatisfy(
              outcome ->
                  assertThat(((CaptionFailure) outcome).type())
                      .isEqualTo(CaptionFailure.Type.UNAVAILABLE));
      assertThat(outcomes.get(0).attempts()).isEqualTo(3);
      assertThat(((CaptionFailure) outcomes.get(0)).message()).contains("takes no connections");
      assertThat(((CaptionFailure) outcomes.get(4999)).message()).contains("was not asked");
      try (TestEndpoint back = new TestEndpoint(port, TestEndpoint.says("back"))) {
        CaptionOutcome outcome = Requests.one(captioner, Requests.ask("p"));
        while (outcome instanceof CaptionFailure) {
          Thread.sleep(50);
          outcome = Requests.one(captioner, Requests.ask("p"));
        }
        assertThat(Requests.all(captioner, Requests.numbered(100)))
            .allSatisfy(o -> assertThat(o).isInstanceOf(Caption.class));
        assertThat(back.completions()).isEqualTo(101);
      }
    }
  }

  @Test
  void waitsForAnEndpointThatIsBackSoon() throws Exception {
    AtomicInteger broken = new AtomicInteger(24);
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) ->
                    TestEndpoint.send(
                        exchange,
                        broken.getAndDecrement() > 0 ? 503 : 200,
                        TestEndpoint.completion("back", "stop")));
        Captioner captioner =
            captioner(endpoint, QUICK.withInFlight(4).withPatience(Duration.ofSeconds(30)))) {
      List<CaptionOutcome> outcomes = Requests.all(captioner, Requests.numbered(300));
      // Eight rows of three attempts each find out; the breaker opens, and nobody else is lost.
      assertThat(outcomes.stream().filter(CaptionFailure.class::isInstance).count())
          .isBetween(6L, 8L);
    }
  }

  @Test
  void asksTheEndpointForItsModel() throws IOException {
    EndpointOptions unnamed = EndpointOptions.DEFAULT.withRetry(QUICK.retry());
    try (TestEndpoint endpoint = new TestEndpoint(TestEndpoint.says("x"));
        Captioner captioner = captioner(endpoint, unnamed);
        Captioner again = captioner(endpoint, unnamed)) {
      Requests.one(captioner, Requests.ask("p"));
      assertThat(endpoint.received())
          .extracting(TestEndpoint.Received::path)
          .containsExactly("/v1/models", "/v1/chat/completions");
      assertThat(endpoint.received().get(1).body().path("model").asText()).isEqualTo("m");
      assertThat(captioner.model().id()).isEqualTo("m");
      assertThat(captioner.model().hash()).matches("[0-9a-f]{64}");
      // The listing has another date each time.
      assertThat(again.model()).isEqualTo(captioner.model());
      endpoint.models(
          (exchange, request, number) ->
              TestEndpoint.send(exchange, 200, TestEndpoint.listing("a", "b")));
      try (Captioner lost = captioner(endpoint, unnamed)) {
        assertThatThrownBy(lost::model)
            .isInstanceOf(EndpointException.class)
            .hasMessageContaining("several models")
            .hasMessageContaining("a, b");
        CaptionFailure failure = (CaptionFailure) Requests.one(lost, Requests.ask("p"));
        assertThat(failure.message()).contains("a, b");
      }
    }
  }

  @Test
  void identifiesAModelByWhatLasts() {
    String one =
        """
        {"data": [{"id": "/tmp/x1/llava", "root": "/tmp/x1/llava", "created": 1, "owned_by": "vllm",
          "max_model_len": 4096, "permission": [{"id": "modelperm-1"}]}]}
        """;
    String restarted = one.replace("1", "2").replace("4096", "2048");
    String other = one.replace("vllm", "sglang");
    assertThat(hash(restarted, "/tmp/x2/llava")).isEqualTo(hash(one, "/tmp/x1/llava"));
    assertThat(hash(other, "/tmp/x1/llava")).isNotEqualTo(hash(one, "/tmp/x1/llava"));
    assertThat(hash(one, "unlisted")).isEqualTo(hash("<html>", "unlisted"));
    assertThat(hash("<html>", "a")).isNotEqualTo(hash("<html>", "b"));
  }

  private static String hash(String listing, String name) {
    return ModelListing.read(listing.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .identify(name)
        .hash();
  }

  @Test
  void saysThatNobodyIsThereToIdentify() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (Captioner captioner =
        new OpenAiCaptioner(URI.create("http://127.0.0.1:" + port), QUICK, Map.of())) {
      assertThatThrownBy(captioner::model)
          .isInstanceOf(EndpointException.class)
          .hasMessageContaining("takes no connections; start it");
    }
  }

  @Test
  void stopsWhenItIsInterruptedOrClosed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> {
                  asked.countDown();
                  TestEndpoint.sleep(60_000);
                });
        OpenAiCaptioner captioner = captioner(endpoint, QUICK)) {
      Iterator<CaptionOutcome> outcomes = captioner.caption(Requests.numbered(3).iterator());
      Thread.currentThread().interrupt();
      assertThatThrownBy(outcomes::next).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();

      Iterator<CaptionOutcome> others = captioner.caption(Requests.numbered(3).iterator());
      Thread closer =
          new Thread(
              () -> {
                try {
                  asked.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                captioner.close();
              });
      closer.start();
      assertThatThrownBy(others::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
      assertThatThrownBy(() -> captioner.caption(Requests.numbered(1).iterator()))
          .isInstanceOf(IllegalStateException.class);
      closer.join();
    }
  }

  @Test
  void throwsWhatTheRequestsThrow() throws IOException {
    try (TestEndpoint endpoint = new TestEndpoint(TestEndpoint.says("x"));
        Captioner captioner = captioner(endpoint, QUICK.withInFlight(1))) {
      Iterator<CaptionRequest> broken =
          Requests.numbered(2).stream()
              .peek(
                  request -> {
                    if (request.prompt().equals("1")) {
                      throw new IllegalStateException("no more");
                    }
                  })
              .iterator();
      Iterator<CaptionOutcome> outcomes = captioner.caption(broken);
      assertThat(outcomes.next()).isInstanceOf(Caption.class);
      assertThatThrownBy(outcomes::next).hasMessage("no more");
      // The slot is free again.
      assertThat(Requests.one(captioner, Requests.ask("p"))).isInstanceOf(Caption.class);
    }
  }
}
