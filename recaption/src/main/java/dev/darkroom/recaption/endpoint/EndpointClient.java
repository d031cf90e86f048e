package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.CaptionFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Speaks HTTP with an endpoint and tells what may be tried again from what may not. Thread-safe.
 *
 * <p>HTTP/1.1 only: the upgrade to HTTP/2 that Java offers on every new connection is answered with
 * warnings, or worse, by the servers in question. Redirects are not followed, so that the key goes
 * nowhere else.
 */
final class EndpointClient {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final ChatAnswerReader reader = new ChatAnswerReader();
  private final ApiKey key;
  private final int answerBytes;

  EndpointClient(ApiKey key, int answerBytes) {
    this.key = key;
    this.answerBytes = answerBytes;
  }

  /**
   * Asks for a chat completion, once.
   *
   * @param base of the endpoint's API
   * @param body the request
   * @param limit on the time until the whole answer is there
   */
  Attempt complete(URI base, byte[] body, Duration limit) throws InterruptedException {
    HttpRequest request =
        authorized(EndpointAddress.completions(base))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return judge(exchange(request, limit), base);
    } catch (TimeoutException e) {
      return failed(
          CaptionFailure.Type.TIMEOUT,
          "the endpoint " + base + " did not answer within " + limit.toMillis() + " ms",
          true);
    } catch (BoundedBody.TooLargeException e) {
      return refused(
          CaptionFailure.Type.BAD_RESPONSE,
          e.getMessage() + "; a caption has not, so something else answers at " + base);
    } catch (IOException e) {
      return failed(
          CaptionFailure.Type.UNAVAILABLE,
          "the endpoint " + base + " " + describe(e),
          !(e instanceof ConnectException || e instanceof HttpConnectTimeoutException));
    }
  }

  /**
   * Gets a document.
   *
   * @throws TimeoutException where it takes longer than the limit
   */
  HttpResponse<byte[]> get(URI document, Duration limit)
      throws IOException, InterruptedException, TimeoutException {
    return exchange(authorized(document).GET().build(), limit);
  }

  /** What an error in reaching the endpoint was, for a message. */
  String describe(IOException problem) {
    if (problem instanceof HttpConnectTimeoutException) {
      return "took no connection within " + CONNECT_LIMIT.toSeconds() + " s";
    }
    if (problem instanceof ConnectException) {
      return problem.getCause() instanceof UnresolvedAddressException
          ? "has a name that nobody knows; correct it"
          : "takes no connections; start it, or correct the address";
    }
    return "broke the connection (" + clean(String.valueOf(problem.getMessage())) + ")";
  }

  private HttpRequest.Builder authorized(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    key.authorization().ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private HttpResponse<byte[]> exchange(HttpRequest request, Duration limit)
      throws IOException, InterruptedException, TimeoutException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, head -> new BoundedBody(answerBytes));
    try {
      return exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw asIoException(e.getCause());
    } finally {
      exchange.cancel(true);
    }
  }

  private static IOException asIoException(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof BoundedBody.TooLargeException tooLarge) {
        return tooLarge;
      }
    }
    return problem instanceof IOException io ? io : new IOException(problem);
  }

  private Attempt judge(HttpResponse<byte[]> response, URI base) {
    int status = response.statusCode();
    if (status == 200) {
      try {
        return new Attempt.Answered(redacted(reader.read(response.body())));
      } catch (BadResponseException e) {
        return refused(
            CaptionFailure.Type.BAD_RESPONSE,
            e.getMessage() + "; check that " + base + " is an OpenAI-compatible endpoint");
      }
    }
    String said = "HTTP " + status + " from " + base + ": " + ErrorText.of(response.body());
    if (status == 408 || status == 429 || status >= 500) {
      Optional<Duration> wait =
          response
              .headers()
              .firstValue("Retry-After")
              .flatMap(header -> RetryAfter.parse(header, Instant.now()));
      return new Attempt.Failed(
          status == 408 ? CaptionFailure.Type.TIMEOUT : CaptionFailure.Type.UNAVAILABLE,
          clean(said),
          wait,
          true);
    }
    if (status >= 400) {
      return refused(
          ContextLength.isExceeded(response.body())
              ? CaptionFailure.Type.PROMPT_TOO_LONG
              : CaptionFailure.Type.REJECTED,
          status == 401 || status == 403 ? said + " (" + key + " was used)" : said);
    }
    return refused(
        CaptionFailure.Type.BAD_RESPONSE,
        said
            + response.headers().firstValue("Location").map(to -> " (to " + to + ")").orElse("")
            + "; give the address that answers chat completions itself");
  }

  private ChatAnswer redacted(ChatAnswer answer) {
    return new ChatAnswer(
        key.redact(answer.text()),
        answer.finishReason(),
        answer.promptTokens(),
        answer.completionTokens());
  }

  private Attempt refused(CaptionFailure.Type type, String message) {
    return new Attempt.Refused(type, clean(message));
  }

  private Attempt failed(CaptionFailure.Type type, String message, boolean reached) {
    return new Attempt.Failed(type, clean(message), Optional.empty(), reached);
  }

  /** A text of the endpoint's as it may go into a message: short, and without the key. */
  String clean(String message) {
    return ErrorText.cut(key.redact(message));
  }
}
