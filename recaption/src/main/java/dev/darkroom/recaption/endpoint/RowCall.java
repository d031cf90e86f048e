package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.DecodingParameters;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Takes one request to its outcome: prepares the image, asks, and asks again. Thread-safe. */
final class RowCall {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);

  private final EndpointLocation location;
  private final EndpointClient client;
  private final EndpointModel model;
  private final CircuitBreaker breaker;
  private final HealthCheck health;
  private final EndpointOptions options;
  private final ImagePreparation images;
  private final ChatRequestWriter writer = new ChatRequestWriter();
  private final ReadWriteLock turns = new ReentrantReadWriteLock(true);

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
    this.health = new HealthCheck(client, SIGN_OF_LIFE);
    this.options = options;
    this.images = new ImagePreparation(options.images(), options.accepted());
  }

  /** What becomes of the request; takes no longer than the row's limit. */
  CaptionOutcome outcome(CaptionRequest request) throws InterruptedException {
    RowClock clock = new RowClock(options.rowLimit());
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
    CircuitBreaker.Permit permit = permit(clock);
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

  /** Waits for permission as long as there is patience. */
  private CircuitBreaker.Permit permit(RowClock clock) throws InterruptedException {
    CircuitBreaker.Permit permit = breaker.request();
    while (permit == CircuitBreaker.Permit.REFUSED
        && !breaker.isOpenFor(options.patience())
        && clock.left().compareTo(LOOK_AGAIN) > 0) {
      Thread.sleep(LOOK_AGAIN.toMillis());
      permit = breaker.request();
    }
    return permit;
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
      CaptionRequest request, ImagePayload image, CircuitBreaker.Permit permit, RowClock clock)
      throws InterruptedException {
    Suspicion suspicion = new Suspicion();
    for (int attempt = 1; ; attempt++) {
      Attempt result;
      try {
        suspicion.see(location.await(clock.left()));
        if (suspicion.isProven()) {
          breaker.answered();
          return clock.failure(
              CaptionFailure.Type.MODEL_ERROR,
              "the server died each time that it was asked about this image, at last when it was"
                  + " asked about nothing else; leave the image out, or look into the server's log",
              attempt - 1);
        }
        result = askOnce(request, image, suspicion, clock);
      } catch (UnreachableException e) {
        result =
            new Attempt.Failed(
                CaptionFailure.Type.UNAVAILABLE, e.getMessage(), Optional.empty(), false);
      } catch (EndpointException e) {
        // For good, and known at once: nobody needs to wait for news.
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
          || breaker.isOpenFor(options.patience())
          || wait.compareTo(clock.left()) >= 0) {
        breaker.lost(permit);
        return clock.failure(failed.type(), failed.message(), attempt);
      }
      Thread.sleep(wait.toMillis());
    }
  }

  /**
   * Alone with the endpoint, where the row is suspected of killing it; one that the row before has
   * just killed is not asked, since that death is not this row's.
   */
  private Attempt askOnce(
      CaptionRequest request, ImagePayload image, Suspicion suspicion, RowClock clock)
      throws InterruptedException, UnreachableException {
    Lock turn = suspicion.isStrong() ? turns.writeLock() : turns.readLock();
    if (!turn.tryLock(clock.left().toMillis(), TimeUnit.MILLISECONDS)) {
      throw new UnreachableException("the row's time passed before it was its turn to ask alone");
    }
    try {
      EndpointLocation.Place place = location.await(clock.left());
      if (suspicion.isStrong() && !health.isReady(place.base())) {
        throw new UnreachableException("the server gave no sign of life before the row was sent");
      }
      byte[] body = writer.write(model.name(place.base()), request, image);
      Attempt result =
          client.complete(place.base(), body, shorter(options.requestLimit(), clock.left()));
      if (result instanceof Attempt.Failed failed && failed.reached()) {
        suspicion.failedAt(place);
      }
      return result;
    } finally {
      turn.unlock();
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
