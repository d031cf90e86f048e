package dev.darkroom.recaption.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.recaption.CaptionOutcome;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key goes into one header and nowhere else. */
@Timeout(60)
class ApiKeyTest {
  private static final String SECRET = "sk-4f9a8b7c6d5e-secret";
  private static final Map<String, String> ENVIRONMENT = Map.of("MY_KEY", " " + SECRET + "\n");
  private static final EndpointOptions OPTIONS =
      EndpointOptions.DEFAULT
          .withApiKeyVariable("MY_KEY")
          .withRetry(new RetryPolicy(2, Duration.ofMillis(10), Duration.ofMillis(10)));

  @Test
  void isSentInItsHeader() throws IOException {
    try (TestEndpoint endpoint = new TestEndpoint(TestEndpoint.says("x"));
        OpenAiCaptioner captioner = new OpenAiCaptioner(endpoint.uri(), OPTIONS, ENVIRONMENT)) {
      captioner.model();
      Requests.one(captioner, Requests.ask("p"));
      assertThat(endpoint.received())
          .hasSize(2)
          .allSatisfy(
              request ->
                  assertThat(request.headers())
                      .containsEntry("Authorization", List.of("Bearer " + SECRET)));
    }
  }

  @Test
  void isTakenOutOfWhateverTheEndpointEchoes() throws IOException {
    String echo = "you sent Bearer " + SECRET + " and " + SECRET;
    List<TestEndpoint.Behaviour> echoes = new ArrayList<>();
    for (int status : new int[] {200, 302, 400, 401, 429, 500}) {
      echoes.add((exchange, request, number) -> TestEndpoint.send(exchange, status, echo));
      echoes.add(
          (exchange, request, number) -> {
            exchange.getResponseHeaders().set("Location", "http://elsewhere/" + SECRET);
            TestEndpoint.send(
                exchange, status, "{\"error\": {\"message\": \"" + " ".repeat(290) + echo + "\"}}");
          });
      // The key lies across the end of what a message shows.
      echoes.add(
          (exchange, request, number) ->
              TestEndpoint.send(exchange, status, "x".repeat(240) + echo));
    }
    echoes.add(TestEndpoint.says(echo));
    List<String> said = new ArrayList<>();
    for (TestEndpoint.Behaviour behaviour : echoes) {
      try (TestEndpoint endpoint = new TestEndpoint(behaviour);
          OpenAiCaptioner captioner =
              new OpenAiCaptioner(endpoint.uri(), OPTIONS.withModel("m"), ENVIRONMENT)) {
        CaptionOutcome outcome = Requests.one(captioner, Requests.ask("p"));
        said.add(outcome.toString());
        said.add(captioner.toString());
      }
    }
    try (TestEndpoint endpoint =
            new TestEndpoint(TestEndpoint.says("x"))
                .models(
                    (exchange, request, number) ->
                        TestEndpoint.send(exchange, 200, TestEndpoint.listing(SECRET, "b")));
        OpenAiCaptioner captioner = new OpenAiCaptioner(endpoint.uri(), OPTIONS, ENVIRONMENT)) {
      assertThatThrownBy(captioner::model).satisfies(problem -> said.add(problem.toString()));
      said.add(Requests.one(captioner, Requests.ask("p")).toString());
    }
    assertThat(said).hasSize(40).allSatisfy(text -> assertThat(text).doesNotContain("sk-4f9a"));
    assertThat(said).anyMatch(text -> text.contains("[API key]"));
  }

  @Test
  void isNotSeenInTheKeyItself() {
    ApiKey key = ApiKey.read("MY_KEY", ENVIRONMENT);
    assertThat(key.toString()).isEqualTo("the key in MY_KEY");
    assertThat(OPTIONS.toString()).doesNotContain(SECRET);
    assertThat(ApiKey.read("OTHER", ENVIRONMENT).authorization()).isEmpty();
    assertThat(ApiKey.read("BLANK", Map.of("BLANK", "  ")).authorization()).isEmpty();
  }

  @Test
  void isNotSeenWhereItCannotBeSent() {
    for (String bad : List.of("two " + SECRET, SECRET + "\nline", SECRET + "\u00e9")) {
      assertThatThrownBy(() -> ApiKey.read("K", Map.of("K", bad)))
          .isInstanceOf(EndpointException.class)
          .hasMessageContaining("K holds characters")
          .hasMessageNotContaining("4f9a");
    }
    for (String address :
        List.of("http://u:" + SECRET + "@host/v1", "http://host/v1?key=" + SECRET)) {
      assertThatThrownBy(() -> new OpenAiCaptioner(URI.create(address), OPTIONS, ENVIRONMENT))
          .isInstanceOf(EndpointException.class)
          .hasMessageNotContaining("4f9a");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/v1",
        "http://10.0.0.7:8000/v1",
        "http://localhost.example.org",
        "http://127.0.0.1.example.org/v1",
        "http://[::2]:8000/v1",
        "http://0.0.0.0:8000/v1",
      })
  void goesToNobodyElseUnencrypted(String address) {
    URI uri = URI.create(address);

    assertThatThrownBy(() -> new OpenAiCaptioner(uri, OPTIONS, ENVIRONMENT))
        .isInstanceOf(EndpointException.class)
        .hasMessageContaining("the key in MY_KEY would go to http")
        .hasMessageContaining("--send-key-over-http")
        .hasMessageNotContaining("4f9a");
    for (Map<String, String> none :
        List.<Map<String, String>>of(Map.of(), Map.of("MY_KEY", "EMPTY"))) {
      assertThat(OpenAiCaptioner.keyProblem(uri, OPTIONS, none)).isEmpty();
    }
    assertThat(OpenAiCaptioner.keyProblem(uri, OPTIONS.withKeyOverHttp(true), ENVIRONMENT))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/v1",
        "HTTPS://example.org",
        "http://localhost:8000",
        "http://LOCALHOST/v1",
        "http://127.0.0.1:8000/v1",
        "http://127.9.8.255/v1",
        "http://[::1]:8000/v1",
      })
  void goesWhereNobodyListens(String address) {
    assertThat(OpenAiCaptioner.keyProblem(URI.create(address), OPTIONS, ENVIRONMENT)).isEmpty();
  }

  @Test
  void isNotCarriedElsewhereByARedirect() throws IOException {
    try (TestEndpoint elsewhere = new TestEndpoint(TestEndpoint.says("x"));
        TestEndpoint endpoint =
            new TestEndpoint(
                (exchange, request, number) -> {
                  exchange
                      .getResponseHeaders()
                      .set("Location", elsewhere.uri() + "/chat/completions");
                  TestEndpoint.send(exchange, 307, "");
                });
        OpenAiCaptioner captioner =
            new OpenAiCaptioner(endpoint.uri(), OPTIONS.withModel("m"), ENVIRONMENT)) {
      assertThat(Requests.one(captioner, Requests.ask("p")).toString()).contains("HTTP 307");
      assertThat(endpoint.received()).hasSize(1);
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  void leavesTextsAloneWhereItIsAPlaceholder() {
    assertThat(ApiKey.read("K", Map.of("K", "EMPTY")).redact("An EMPTY room"))
        .isEqualTo("An EMPTY room");
  }
}
