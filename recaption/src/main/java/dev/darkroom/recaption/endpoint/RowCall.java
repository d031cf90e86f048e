package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.DecodingParameters;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Takes one request to its outcome: prepares the image, asks, and asks again. Thread-safe. */
final class RowCall {
  private final EndpointLocation location;
  private final EndpointClient client;
  private final EndpointModel model;
  private final CircuitBreaker breaker;
  private final EndpointOptions options;
  private final ImagePreparation images;
  private final ChatRequestWriter writer = new ChatRequestWriter();

  RowCall(
      EndpointLocation location,
      EndpointClient client,
      EndpointModel model,
      CircuitBreaker breaker,
      EndpointOptions options) {
    this.location = location;
    this.client = client;
    this.model = model;
    this.breaker = breaker;
    this.options = options;
    this.images = new ImagePreparation(options.images(), options.accepted());
  }

  /** What becomes of the request; takes no longer than the row's limit. */
  CaptionOutcome outcome(CaptionRequest request) throws InterruptedException {
    Clock clock = new Clock(options.rowLimit());
    Optional<String> unknown = unknownParameter(request.parameters());
    if (unknown.isPresent()) {
      return clock.failure(CaptionFailure.Type.REJECTED, unknown.get(), 1);
    }
    ImagePayload image;
    try {
      image = images.prepare(request.image());
    } catch (UnsendableImageException e) {
      return clock.failure(e.type(), e.getMessage(), 1);
    }
    CircuitBreaker.Permit permit = breaker.request();
    if (permit == CircuitBreaker.Permit.REFUSED) {
      return clock.failure(
          CaptionFailure.Type.UNAVAILABLE,
          "the endpoint was not asked, since it did not answer "
              + breaker.lostInARow()
              + " rows in a row; try this row again when it is back",
          1);
    }
    try {
      return ask(request, image, permit, clock);
    } finally {
      breaker.withdrawn(permit);
    }
  }

  private static Optional<String> unknownParameter(DecodingParameters parameters) {
    if (parameters.noRepeatNgramSize() > 0) {
      return Optional.of(
          "endpoints know no limit on repeated n-grams; set noRepeatNgramSize to 0, or run the"
              + " model in process");
    }
    return parameters
        .mirostat()
        .map(m -> "endpoints know no Mirostat; leave it out, or run the model in process");
  }

  private CaptionOutcome ask(
      CaptionRequest request, ImagePayload image, CircuitBreaker.Permit permit, Clock clock)
      throws InterruptedException {
    Optional<byte[]> body = Optional.empty();
    for (int attempt = 1; ; attempt++) {
      Attempt result;
      try {
        URI base = location.await(clock.left());
        if (body.isEmpty()) {
          body = Optional.of(writer.write(model.name(base), request, image));
        }
        result = client.complete(base, body.get(), shorter(options.requestLimit(), clock.left()));
      } catch (UnreachableException e) {
        result =
            new Attempt.Failed(CaptionFailure.Type.UNAVAILABLE, e.getMessage(), Optional.empty());
      } catch (EndpointException e) {
        breaker.lost(permit);
        return clock.failure(CaptionFailure.Type.UNAVAILABLE, e.getMessage(), attempt);
      }
      if (result instanceof Attempt.Answered answered) {
        breaker.answered();
        return clock.caption(answered.answer(), attempt);
      }
      if (result instanceof Attempt.Refused refused) {
        breaker.answered();
        return clock.failure(refused.type(), refused.message(), attempt);
      }
      Attempt.Failed failed = (Attempt.Failed) result;
      Duration wait =
          options.retry().waitAfter(attempt, failed.pause(), ThreadLocalRandom.current());
      if (attempt == options.retry().attempts()
          || permit == CircuitBreaker.Permit.PROBE
          || breaker.isOpen()
          || wait.compareTo(clock.left()) >= 0) {
        breaker.lost(permit);
        return clock.failure(failed.type(), failed.message(), attempt);
      }
      Thread.sleep(wait.toMillis());
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** The time of one row. */
  private static final class Clock {
    private final long start = System.nanoTime();
    private final Duration limit;

    Clock(Duration limit) {
      this.limit = limit;
    }

    /** At least a millisecond, so that a limit made of it is one. */
    Duration left() {
      Duration left = limit.minusNanos(System.nanoTime() - start);
      return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
    }

    Caption caption(ChatAnswer answer, int attempts) {
      return new Caption(
          answer.text().strip(),
          answer.finishReason(),
          answer.promptTokens(),
          answer.completionTokens(),
          millis(),
          attempts);
    }

    CaptionFailure failure(CaptionFailure.Type type, String message, int attempts) {
      return new CaptionFailure(type, message, millis(), attempts);
    }

    private long millis() {
      return (System.nanoTime() - start) / 1_000_000;
    }
  }
}
