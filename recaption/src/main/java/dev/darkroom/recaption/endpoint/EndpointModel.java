package dev.darkroom.recaption.endpoint;

import dev.darkroom.models.ModelIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** The model that an endpoint is asked for. Thread-safe; asks the endpoint only where it must. */
final class EndpointModel {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);
  private static final int MOST_NAMES = 5;

  private final EndpointClient client;
  private final EndpointOptions options;
  private final AtomicReference<ModelListing> listing = new AtomicReference<>();

  EndpointModel(EndpointClient client, EndpointOptions options) {
    this.client = client;
    this.options = options;
  }

  /**
   * The name to ask for.
   *
   * @throws UnreachableException where the endpoint must say and can't be asked now
   * @throws EndpointException where the caller must say
   */
  String name(URI base) throws UnreachableException, InterruptedException {
    return options.model().isPresent() ? options.model().get() : onlyOne(list(base), base);
  }

  /**
   * Which model that is.
   *
   * @throws UnreachableException where the endpoint must say and can't be asked now
   * @throws EndpointException where the caller must name the model
   */
  ModelIdentity identity(URI base) throws UnreachableException, InterruptedException {
    ModelListing known = list(base);
    Optional<String> name = options.model();
    return known.identify(name.isPresent() ? name.get() : onlyOne(known, base));
  }

  private String onlyOne(ModelListing known, URI base) {
    List<String> names = known.names();
    if (names.size() == 1) {
      return names.get(0);
    }
    if (names.isEmpty()) {
      throw new EndpointException(
          "the endpoint " + base + " lists no models; name the one that it serves");
    }
    throw new EndpointException(
        "the endpoint "
            + base
            + " lists several models; name one of them: "
            + client.clean(String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES))))
            + (names.size() > MOST_NAMES ? ", ..." : ""));
  }

  private ModelListing list(URI base) throws UnreachableException, InterruptedException {
    ModelListing known = listing.get();
    if (known == null) {
      known = fetch(base);
      listing.set(known);
    }
    return known;
  }

  private ModelListing fetch(URI base) throws UnreachableException, InterruptedException {
    Duration limit =
        options.requestLimit().compareTo(LONGEST) < 0 ? options.requestLimit() : LONGEST;
    HttpResponse<byte[]> response;
    try {
      response = client.get(EndpointAddress.models(base), limit);
    } catch (TimeoutException e) {
      throw new UnreachableException(
          "the endpoint " + base + " did not list its models within " + limit.toMillis() + " ms");
    } catch (IOException e) {
      throw new UnreachableException("the endpoint " + base + " " + client.describe(e));
    }
    if (PASSING.contains(response.statusCode())) {
      throw new UnreachableException(
          "the endpoint " + base + " answers HTTP " + response.statusCode());
    }
    return response.statusCode() == 200 ? ModelListing.read(response.body()) : ModelListing.EMPTY;
  }
}
