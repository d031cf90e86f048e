package dev.darkroom.udfs.caption;

import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.endpoint.EndpointOptions;
import dev.darkroom.recaption.endpoint.RetryPolicy;
import dev.darkroom.recaption.image.ImageLimits;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How to ask an endpoint, in a form that travels.
 *
 * @param model the name to ask for; empty for the one model that the endpoint lists
 * @param apiKeyVariable the environment variable, of the executors, that holds the API key
 * @param keyOverHttp whether the key may go to another machine over plain HTTP
 * @param inFlight requests at the same time, from one executor, 1 or more
 * @param attempts tries of one request, 1 or more
 * @param requestLimit time of one attempt
 * @param maxBytes the most bytes of an image
 * @param maxPixels the most pixels of an image that has to be decoded before it is sent
 */
public record EndpointSettings(
    String model,
    String apiKeyVariable,
    boolean keyOverHttp,
    int inFlight,
    int attempts,
    Duration requestLimit,
    int maxBytes,
    long maxPixels)
    implements Serializable {

  /** What {@link EndpointOptions#DEFAULT} says. */
  public static final EndpointSettings DEFAULT =
      new EndpointSettings(
          "",
          EndpointOptions.DEFAULT.apiKeyVariable(),
          EndpointOptions.DEFAULT.keyOverHttp(),
          EndpointOptions.DEFAULT.inFlight(),
          RetryPolicy.DEFAULT.attempts(),
          EndpointOptions.DEFAULT.requestLimit(),
          (int) ImageLimits.DEFAULT.maxBytes(),
          ImageLimits.DEFAULT.maxPixels());

  EndpointOptions options() {
    RetryPolicy retry =
        new RetryPolicy(
            attempts, RetryPolicy.DEFAULT.firstWait(), RetryPolicy.DEFAULT.longestWait());
    EndpointOptions options =
        EndpointOptions.DEFAULT
            .withApiKeyVariable(apiKeyVariable)
            .withKeyOverHttp(keyOverHttp)
            .withInFlight(inFlight)
            .withRetry(retry)
            .withLimits(requestLimit, requestLimit.multipliedBy(attempts))
            .withImages(new ImageLimits(maxBytes, maxPixels));
    return model.isEmpty() ? options : options.withModel(model);
  }

  /** What endpoints do not know. */
  static List<String> problems(DecodingParameters parameters) {
    List<String> problems = new ArrayList<>();
    if (parameters.mirostat().isPresent()) {
      problems.add("endpoints do not know Mirostat; use top-p, or a model in this process");
    }
    if (parameters.noRepeatNgramSize() > 0) {
      problems.add(
          "endpoints do not know a bound on repeated n-grams; use a repetition penalty, or a model"
              + " in this process");
    }
    return problems;
  }
}
