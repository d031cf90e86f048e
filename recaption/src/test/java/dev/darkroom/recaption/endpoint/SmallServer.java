package dev.darkroom.recaption.endpoint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * An inference server without a model, as a program: it has a worker process as vLLM has, answers
 * every chat completion with its own process id, can be told to hang, hangs from "stupor" on, and
 * dies of "poison". Arguments: port, milliseconds that an answer takes.
 */
final class SmallServer {
  private SmallServer() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    long millis = Long.parseLong(arguments[1]);
    Process worker = new ProcessBuilder("sleep", "1000").start();
    AtomicBoolean hanging = new AtomicBoolean();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          byte[] request = exchange.getRequestBody().readAllBytes();
          String asked = new String(request, StandardCharsets.UTF_8);
          if (asked.contains("poison")) {
            Runtime.getRuntime().halt(139);
          }
          String path = exchange.getRequestURI().getPath();
          if (path.equals("/hang") || asked.contains("stupor")) {
            hanging.set(true);
          }
          if (path.equals("/v1/chat/completions")) {
            pause(millis);
          }
          while (hanging.get() && !path.equals("/hang")) {
            pause(1000);
          }
          answer(exchange, path, worker.pid());
        });
    server.start();
    System.out.println("listening on " + port + " with " + System.getenv("SMALL_SERVER_SAYS"));
  }

  private static void answer(HttpExchange exchange, String path, long worker) throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    Map<String, String> answers =
        Map.of(
            "/health",
            "{}",
            "/hang",
            "{}",
            "/pids",
            pid + " " + worker,
            "/gpu",
            String.valueOf(System.getenv("CUDA_VISIBLE_DEVICES")),
            "/v1/models",
            "{\"data\": [{\"id\": \"small\"}]}",
            "/v1/chat/completions",
            "{\"choices\": [{\"message\": {\"content\": \""
                + pid
                + "\"}, \"finish_reason\": \"stop\"}]}");
    byte[] body = answers.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 404, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A template that runs this program with answers that take some time. */
  static String command(long millis) {
    return String.join(
        " ",
        Stream.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")
                    .split(System.getProperty("path.separator"), 2)[0],
                SmallServer.class.getName(),
                "{port}",
                Long.toString(millis))
            .map(word -> "'" + word + "'")
            .toList());
  }
}
