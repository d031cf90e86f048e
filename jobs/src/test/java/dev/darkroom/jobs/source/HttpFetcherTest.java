package dev.darkroom.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.darkroom.jobs.source.CandidateReader.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpFetcherTest {
  private static final byte[] CONTENT = "an image".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path temp;

  private final AtomicInteger requests = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void aServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void noServer() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aServerThatIsBusyIsAskedAgain() throws Exception {
    answers("/a.png", 503, 503, 200);

    assertThat(fetch("/a.png")).isEqualTo(CONTENT);
    assertThat(requests).hasValue(3);
  }

  @Test
  void aServerThatStaysBusyIsUnavailable() {
    answers("/a.png", 503, 503, 503, 200);

    SourceProblem problem = problem("/a.png");

    assertThat(problem.type()).isEqualTo(SourceProblem.Type.UNAVAILABLE);
    assertThat(problem.message()).contains("3 attempts").contains("HTTP 503").contains("run the");
    assertThat(requests).hasValue(3);
  }

  @Test
  void whatIsNotThereIsAskedForOnce() {
    answers("/gone.png", 404);
    answers("/mine.png", 403);

    assertThat(problem("/gone.png").type()).isEqualTo(SourceProblem.Type.MISSING);
    assertThat(problem("/mine.png").type()).isEqualTo(SourceProblem.Type.UNREADABLE);
    assertThat(requests).hasValue(2);
  }

  @Test
  void redirectsAreFollowedOnTheWebAlone() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret.png"), "secret");
    answers("/a.png", 200);
    redirect("/web.png", "/a.png");
    redirect("/file.png", secret.toUri().toString());
    redirect("/ftp.png", "ftp://localhost/a.png");
    redirect("/s3.png", "s3a://bucket/a.png");

    assertThat(fetch("/web.png")).isEqualTo(CONTENT);
    for (String path : List.of("/file.png", "/ftp.png", "/s3.png")) {
      SourceProblem problem = problem(path);
      assertThat(problem.type()).isEqualTo(SourceProblem.Type.UNREADABLE);
      assertThat(problem.message()).contains("HTTP 302");
    }
  }

  @Test
  void redirectsThatLeadNowhereAreProblemsOfTheirRows() {
    redirect("/circle.png", "/circle.png");
    redirect("/odd.png", "http://[no host/a.png");
    redirect("/none.png", "http:///a.png");

    for (String path : List.of("/circle.png", "/odd.png", "/none.png")) {
      assertThat(problem(path).type())
          .isIn(SourceProblem.Type.UNREADABLE, SourceProblem.Type.UNAVAILABLE);
    }
  }

  @Test
  void aServerThatFallsSilentAmidItsAnswerIsUnavailable() {
    CountDownLatch end = new CountDownLatch(1);
    server.createContext(
        "/half.png",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 3);
          exchange.getResponseBody().flush();
          await(end);
        });

    HttpFetcher fetcher = new HttpFetcher(1_000, Duration.ofSeconds(1));
    SourceProblem problem =
        catchThrowableOfType(ProblemException.class, () -> fetcher.fetch(url("/half.png")))
            .problem();
    end.countDown();

    assertThat(problem.type()).isEqualTo(SourceProblem.Type.UNAVAILABLE);
    assertThat(problem.message()).contains("it sent nothing for 1 s amid its answer");
    assertThat(requests).hasValue(3);
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answers(String path, int... statuses) {
    Queue<Integer> left = new ArrayDeque<>();
    for (int status : statuses) {
      left.add(status);
    }
    server.createContext(
        path,
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(left.remove(), CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
  }

  private void redirect(String path, String target) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", target);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
  }

  private SourceProblem problem(String path) {
    return catchThrowableOfType(ProblemException.class, () -> fetch(path)).problem();
  }

  private byte[] fetch(String path) throws ProblemException {
    return new CandidateReader(new Configuration(false), 1_000)
        .read(Candidate.file(url(path), path.substring(1), -1, Optional.empty()));
  }

  private String url(String path) {
    return "http://%s:%d%s"
        .formatted(
            InetAddress.getLoopbackAddress().getHostAddress(), server.getAddress().getPort(), path);
  }
}
