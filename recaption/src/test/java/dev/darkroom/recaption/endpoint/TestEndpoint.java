package dev.darkroom.recaption.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on the loopback interface that behaves as a test says. */
final class TestEndpoint implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** A request that came in. */
  record Received(String method, String path, Map<String, List<String>> headers, JsonNode body) {
    String prompt() {
      return body.at("/messages/0/content/0/text").asText();
    }

    String imageUrl() {
      return body.at("/messages/0/content/1/image_url/url").asText();
    }
  }

  /** What to answer. */
  interface Behaviour {
    void answer(HttpExchange exchange, Received request, int number) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger completions = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private volatile Behaviour completion;
  private volatile Behaviour models = (exchange, request, n) -> send(exchange, 200, listing("m"));

  TestEndpoint(Behaviour completion) throws IOException {
    this(0, completion);
  }

  TestEndpoint(int port, Behaviour completion) throws IOException {
    this.completion = completion;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    boolean counted = true;
    try (exchange) {
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      Received request =
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              Map.copyOf(exchange.getRequestHeaders()),
              JSON.readTree(bytes));
      received.add(request);
      if (request.path().equals("/v1/models")) {
        models.answer(exchange, request, 0);
      } else if (request.path().equals("/v1/chat/completions")) {
        int number = completions.incrementAndGet();
        counted = false;
        completion.answer(exchange, request, number);
      } else {
        send(exchange, 404, "{\"detail\":\"Not Found\"}");
      }
    } finally {
      if (counted) {
        inFlight.decrementAndGet();
      }
    }
  }

  /** To be called by a behaviour before it sends what ends a request. */
  void leaves() {
    inFlight.decrementAndGet();
  }

  TestEndpoint models(Behaviour behaviour) {
    models = behaviour;
    return this;
  }

  void completion(Behaviour behaviour) {
    completion = behaviour;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/v1");
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Received> received() {
    return received;
  }

  /** How many chat completions were asked for. */
  int completions() {
    return completions.get();
  }

  int mostInFlight() {
    return mostInFlight.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Answers with a text, as vLLM does. */
  static Behaviour says(String text) {
    return (exchange, request, number) -> send(exchange, 200, completion(text, "stop"));
  }

  static String completion(String text, String finishReason) {
    return JSON.createObjectNode()
        .put("id", "chatcmpl-1")
        .put("object", "chat.completion")
        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
            "choices",
            JSON.createArrayNode()
                .add(
                    JSON.createObjectNode()
                        .put("index", 0)
                        .put("finish_reason", finishReason)
                        .set(
                            "message",
                            JSON.createObjectNode().put("role", "assistant").put("content", text))))
        .set(
            "usage", JSON.createObjectNode().put("prompt_tokens", 600).put("completion_tokens", 12))
        .toString();
  }

  static String listing(String... models) {
    var data = JSON.createArrayNode();
    for (String model : models) {
      data.add(
          JSON.createObjectNode()
              .put("id", model)
              .put("object", "model")
              .put("created", System.nanoTime())
              .put("owned_by", "vllm"));
    }
    return JSON.createObjectNode().put("object", "list").set("data", data).toString();
  }

  /** Returns when as many requests have come here as the barrier wants. */
  static void gather(CountDownLatch barrier) throws IOException {
    barrier.countDown();
    try {
      barrier.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the endpoint was closed");
    }
  }

  static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the endpoint was closed");
    }
  }
}
