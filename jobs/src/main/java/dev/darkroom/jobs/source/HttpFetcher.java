package dev.darkroom.jobs.source;

import dev.darkroom.jobs.source.CandidateReader.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Fetches images from web servers. What may be better a moment later (no connection, no answer in
 * time, an answer that stops, HTTP 429 and 5xx) is tried three times, with a pause between.
 * Redirects are followed on the web alone, and not from {@code https} to {@code http}.
 */
final class HttpFetcher {
  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final long maxBytes;
  private final Duration silence;

  HttpFetcher(long maxBytes) {
    this(maxBytes, ANSWER_LIMIT);
  }

  /**
   * With a limit of its own.
   *
   * @param silence how long a server may send nothing amid an answer
   */
  HttpFetcher(long maxBytes, Duration silence) {
    this.maxBytes = maxBytes;
    this.silence = silence;
  }

  /** One for all tasks of the JVM, made when the first URL comes. */
  private static final class Client {
    private static final HttpClient INSTANCE =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_LIMIT)
            .build();
  }

  byte[] fetch(String url) throws ProblemException {
    HttpRequest request = request(url);
    String last = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        if (attempt > 1) {
          Thread.sleep(PAUSE.toMillis() * (attempt - 1));
        }
        HttpResponse<InputStream> response =
            Client.INSTANCE.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = new Steady(response.body(), silence)) {
          int status = response.statusCode();
          if (status == 200) {
            return bounded(body);
          }
          if (status != 429 && status < 500) {
            throw new ProblemException(
                status == 404 || status == 410
                    ? SourceProblem.Type.MISSING
                    : SourceProblem.Type.UNREADABLE,
                "the server answered HTTP %d; check that the URL still holds".formatted(status));
          }
          last = "HTTP " + status;
        }
      } catch (IllegalArgumentException e) {
        // The client takes the place that a redirect names for a URL without looking.
        throw new ProblemException(
            SourceProblem.Type.UNREADABLE,
            "the server redirects to what is no URL: %s; check that the URL still holds"
                .formatted(Reason.of(e)));
      } catch (IOException e) {
        last = Reason.of(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ProblemException(
            SourceProblem.Type.UNAVAILABLE, "fetching was interrupted; run the job again");
      }
    }
    throw new ProblemException(
        SourceProblem.Type.UNAVAILABLE,
        "the server gave no image at %d attempts, at the last: %s; run the job again later"
            .formatted(ATTEMPTS, last));
  }

  private static HttpRequest request(String url) throws ProblemException {
    try {
      return HttpRequest.newBuilder(URI.create(url))
          .timeout(ANSWER_LIMIT)
          .header("User-Agent", "darkroom")
          .build();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          SourceProblem.Type.MISSING, "'%s' is no URL: %s".formatted(url, Reason.of(e)));
    }
  }

  private byte[] bounded(InputStream body) throws IOException, ProblemException {
    byte[] bytes = body.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 16));
    if (bytes.length > maxBytes) {
      throw new ProblemException(
          SourceProblem.Type.TOO_LARGE,
          "the server sends more than %d bytes; raise --max-bytes to read them"
              .formatted(maxBytes));
    }
    return bytes;
  }

  /** An answer that must not pause for long. The client's own limit ends where it begins. */
  private static final class Steady extends FilterInputStream {
    private final Duration silence;

    Steady(InputStream body, Duration silence) {
      super(body);
      this.silence = silence;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      CompletableFuture<Void> watch =
          new CompletableFuture<Void>().orTimeout(silence.toMillis(), TimeUnit.MILLISECONDS);
      var unused = watch.exceptionally(late -> end());
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        throw watch.isCompletedExceptionally()
            ? new IOException(
                "it sent nothing for %d s amid its answer".formatted(silence.toSeconds()), e)
            : e;
      } finally {
        watch.complete(null);
      }
    }

    private Void end() {
      try {
        close();
      } catch (IOException e) {
        // Who reads is told that nothing came.
      }
      return null;
    }
  }
}
