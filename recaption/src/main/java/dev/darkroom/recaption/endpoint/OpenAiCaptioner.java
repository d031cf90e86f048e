package dev.darkroom.recaption.endpoint;

import dev.darkroom.models.ModelIdentity;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.Captioner;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Asks any OpenAI-compatible endpoint for captions: vLLM, SGLang, llama.cpp, {@code transformers
 * serve}, or a hosted one.
 *
 * <p>Many requests are in flight; outcomes come in the order of the requests, which are read ahead
 * no further than what is in flight. Connections that fail, time-outs, HTTP 408, 429 and 5xx are
 * tried again, later and later, as {@link RetryPolicy} says or as {@code Retry-After} asks. When
 * {@value #LOST_ROWS} rows in a row found no endpoint, those that follow wait for one that goes
 * ahead to find it back, and fail at once when {@link EndpointOptions#patience()} has passed: a
 * dead endpoint costs minutes, not hours.
 *
 * <p>Where the endpoint does not say how many tokens there were, a caption's counts are 0. The seed
 * of a request is sent; whether the same seed gives the same caption is up to the server. Bounds on
 * repeated n-grams and Mirostat are not known to endpoints, and requests that want them are
 * refused.
 */
public final class OpenAiCaptioner implements Captioner {
  private static final int LOST_ROWS = 8;
  private static final Duration FIRST_PROBE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(30);

  private final EndpointLocation location;
  private final EndpointOptions options;
  private final EndpointModel model;
  private final RowCall row;
  private final Slots slots;
  private volatile boolean closed;

  /**
   * A captioner that asks a server which runs already. Nothing is sent yet.
   *
   * @param endpoint such as {@code http://host:8000/v1}
   * @throws EndpointException where that is no such address, or the key can't be sent, or would go
   *     there for all to read ({@link #keyProblem})
   */
  public OpenAiCaptioner(URI endpoint, EndpointOptions options) {
    this(endpoint, options, System.getenv());
  }

  OpenAiCaptioner(URI endpoint, EndpointOptions options, Map<String, String> environment) {
    this(fixed(endpoint), options, ApiKey.read(options.apiKeyVariable(), environment));
    keyProblem(endpoint, options, environment)
        .ifPresent(
            problem -> {
              throw new EndpointException(problem);
            });
  }

  /**
   * Why an endpoint must not be asked: there is a key, and everyone on the way could read it. A key
   * goes to {@code https} addresses and to this machine alone, unless {@link
   * EndpointOptions#keyOverHttp()} says otherwise. Values of fewer than eight characters stand for
   * "no key".
   *
   * @param environment where the key is, on the machine that asks
   * @return what is wrong, why, and what to do; empty where all is well
   * @throws EndpointException where that is no such address, or the key can't be sent
   */
  public static Optional<String> keyProblem(
      URI endpoint, EndpointOptions options, Map<String, String> environment) {
    URI base = EndpointAddress.base(endpoint);
    boolean safe =
        options.keyOverHttp()
            || EndpointAddress.isPrivate(base)
            || !ApiKey.read(options.apiKeyVariable(), environment).isSecret();
    return safe
        ? Optional.empty()
        : Optional.of(
            "the key in "
                + options.apiKeyVariable()
                + " would go to "
                + base
                + " unencrypted, where everyone on the way can read it; use https, unset "
                + options.apiKeyVariable()
                + ", or allow it with --send-key-over-http");
  }

  OpenAiCaptioner(EndpointLocation location, EndpointOptions options, ApiKey key) {
    EndpointClient client = new EndpointClient(key, options.answerBytes());
    this.location = location;
    this.options = options;
    this.model = new EndpointModel(client, options);
    this.row =
        new RowCall(
            location,
            client,
            model,
            new CircuitBreaker(LOST_ROWS, FIRST_PROBE, LONGEST_PROBE, System::nanoTime),
            options);
    this.slots = new Slots(options.inFlight());
  }

  private static EndpointLocation fixed(URI endpoint) {
    EndpointLocation.Place place = new EndpointLocation.Place(EndpointAddress.base(endpoint), 0, 0);
    return limit -> place;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException where this captioner is closed
   */
  @Override
  public Iterator<CaptionOutcome> caption(Iterator<CaptionRequest> requests) {
    if (closed) {
      throw new IllegalStateException("the captioner is closed");
    }
    return new OrderedOutcomes(requests, row, slots);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The hash is that of what {@code GET /v1/models} says about the model, less what changes when
   * the server restarts, unless {@link EndpointOptions#identity()} says it. The endpoint is asked
   * once.
   *
   * @throws EndpointException where the endpoint can't be reached, for all attempts, or the model
   *     has to be named
   */
  @Override
  public ModelIdentity model() {
    Optional<ModelIdentity> known = options.identity();
    return known.isPresent() ? known.get() : identify();
  }

  private ModelIdentity identify() {
    for (int attempt = 1; ; attempt++) {
      try {
        try {
          return model.identity(location.await(options.rowLimit()).base());
        } catch (UnreachableException e) {
          if (attempt == options.retry().attempts()) {
            throw new EndpointException(e.getMessage());
          }
          Thread.sleep(
              options
                  .retry()
                  .waitAfter(attempt, Optional.empty(), ThreadLocalRandom.current())
                  .toMillis());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EndpointException("interrupted while the endpoint was asked for its model");
      }
    }
  }

  /** {@inheritDoc} Requests in flight are given up. */
  @Override
  public void close() {
    closed = true;
    slots.close();
  }

  /** How it asks. */
  @Override
  public String toString() {
    return "OpenAiCaptioner[" + options + "]";
  }
}
