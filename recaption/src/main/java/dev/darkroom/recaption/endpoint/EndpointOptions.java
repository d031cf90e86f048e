package dev.darkroom.recaption.endpoint;

import dev.darkroom.models.ModelIdentity;
import dev.darkroom.recaption.image.ImageLimits;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How to ask an endpoint.
 *
 * @param model the name to ask for; where empty, the one model that the endpoint lists
 * @param identity which model it is, where the caller knows better than the endpoint can say (it
 *     has hashed the files, say)
 * @param apiKeyVariable name of the environment variable that holds the API key; where that is not
 *     set, no key is sent
 * @param inFlight requests at the same time, and how far requests are read ahead, at least 1
 * @param retry how often a request is tried
 * @param requestLimit time of one attempt, above zero
 * @param rowLimit time of all attempts of one request together, waits included, above zero
 * @param patience how long rows wait for an endpoint that was lost, before they fail at once; zero
 *     or above
 * @param answerBytes an answer may have, at least 1
 * @param images how large images may be: the bytes of what is sent, the pixels of what has to be
 *     decoded here
 * @param accepted formats that are sent as they are; the others are sent as PNG
 * @param keyOverHttp whether the key may go to another machine over plain HTTP, where everyone on
 *     the way can read it
 */
public record EndpointOptions(
    Optional<String> model,
    Optional<ModelIdentity> identity,
    String apiKeyVariable,
    int inFlight,
    RetryPolicy retry,
    Duration requestLimit,
    Duration rowLimit,
    Duration patience,
    int answerBytes,
    ImageLimits images,
    Set<ImageFormat> accepted,
    boolean keyOverHttp) {

  /**
   * 64 in flight, six attempts of at most 5 minutes each and 15 together, a minute's patience,
   * answers of at most 4 MiB; the key in {@code OPENAI_API_KEY}; JPEG, PNG and GIF sent as they
   * are, since every server reads those (llama.cpp reads no WebP).
   */
  public static final EndpointOptions DEFAULT =
      new EndpointOptions(
          Optional.empty(),
          Optional.empty(),
          "OPENAI_API_KEY",
          64,
          RetryPolicy.DEFAULT,
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(1),
          4 << 20,
          ImageLimits.DEFAULT,
          EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.GIF),
          false);

  /** Refuses values out of range. */
  public EndpointOptions {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(apiKeyVariable, "apiKeyVariable");
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(images, "images");
    accepted = Set.copyOf(accepted);
    if (inFlight < 1) {
      throw new IllegalArgumentException("inFlight must be at least 1: " + inFlight);
    }
    if (answerBytes < 1) {
      throw new IllegalArgumentException("answerBytes must be at least 1: " + answerBytes);
    }
    requirePositive("requestLimit", requestLimit);
    requirePositive("rowLimit", rowLimit);
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience must be 0 or above: " + patience);
    }
  }

  private static void requirePositive(String name, Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(name + " must be above zero: " + limit);
    }
  }

  /** The same, asking for a model by name. */
  public EndpointOptions withModel(String name) {
    return with(Optional.of(name), identity, apiKeyVariable, inFlight, retry, images, accepted);
  }

  /** The same, for a model that the caller has identified. */
  public EndpointOptions withIdentity(ModelIdentity known) {
    return with(model, Optional.of(known), apiKeyVariable, inFlight, retry, images, accepted);
  }

  /** The same, with the key in another environment variable. */
  public EndpointOptions withApiKeyVariable(String variable) {
    return with(model, identity, variable, inFlight, retry, images, accepted);
  }

  /** The same, with another number of requests at the same time. */
  public EndpointOptions withInFlight(int requests) {
    return with(model, identity, apiKeyVariable, requests, retry, images, accepted);
  }

  /** The same, trying more or less often. */
  public EndpointOptions withRetry(RetryPolicy policy) {
    return with(model, identity, apiKeyVariable, inFlight, policy, images, accepted);
  }

  /** The same, with other limits on images. */
  public EndpointOptions withImages(ImageLimits limits) {
    return with(model, identity, apiKeyVariable, inFlight, retry, limits, accepted);
  }

  /** The same, sending other formats as they are. */
  public EndpointOptions withAccepted(Set<ImageFormat> formats) {
    return with(model, identity, apiKeyVariable, inFlight, retry, images, formats);
  }

  /** The same, with other limits of time. */
  public EndpointOptions withLimits(Duration request, Duration row) {
    return new EndpointOptions(
        model,
        identity,
        apiKeyVariable,
        inFlight,
        retry,
        request,
        row,
        patience,
        answerBytes,
        images,
        accepted,
        keyOverHttp);
  }

  /** The same, waiting a longer or shorter time for an endpoint that was lost. */
  public EndpointOptions withPatience(Duration time) {
    return new EndpointOptions(
        model,
        identity,
        apiKeyVariable,
        inFlight,
        retry,
        requestLimit,
        rowLimit,
        time,
        answerBytes,
        images,
        accepted,
        keyOverHttp);
  }

  /** The same, with another limit on answers. */
  public EndpointOptions withAnswerBytes(int bytes) {
    return new EndpointOptions(
        model,
        identity,
        apiKeyVariable,
        inFlight,
        retry,
        requestLimit,
        rowLimit,
        patience,
        bytes,
        images,
        accepted,
        keyOverHttp);
  }

  /** The same, with or without leave to send the key over plain HTTP. */
  public EndpointOptions withKeyOverHttp(boolean allowed) {
    return new EndpointOptions(
        model,
        identity,
        apiKeyVariable,
        inFlight,
        retry,
        requestLimit,
        rowLimit,
        patience,
        answerBytes,
        images,
        accepted,
        allowed);
  }

  private EndpointOptions with(
      Optional<String> newModel,
      Optional<ModelIdentity> newIdentity,
      String newVariable,
      int newInFlight,
      RetryPolicy newRetry,
      ImageLimits newImages,
      Set<ImageFormat> newAccepted) {
    return new EndpointOptions(
        newModel,
        newIdentity,
        newVariable,
        newInFlight,
        newRetry,
        requestLimit,
        rowLimit,
        patience,
        answerBytes,
        newImages,
        newAccepted,
        keyOverHttp);
  }
}
