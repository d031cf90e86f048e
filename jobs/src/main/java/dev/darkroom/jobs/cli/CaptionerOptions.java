package dev.darkroom.jobs.cli;

import dev.darkroom.udfs.caption.CaptionerSource;
import dev.darkroom.udfs.caption.EndpointSettings;
import dev.darkroom.udfs.caption.EndpointSource;
import dev.darkroom.udfs.caption.ModelSource;
import dev.darkroom.udfs.caption.ServerSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who captions. */
final class CaptionerOptions {
  @Option(
      names = "--model",
      paramLabel = "<uri>",
      description =
          "Folder of a LLaVA model in ONNX, on any file system; with --endpoint or --server-command"
              + " the name to ask for. Default: the tiny model that comes along.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--model-sha256",
      paramLabel = "<hex>",
      description = "The hash that the model must have, as the table tells it. Default: any.")
  private Optional<String> modelSha256 = Optional.empty();

  @Option(
      names = "--precision",
      paramLabel = "<name>",
      description = "Which export to run: int8, fp16, q4 ... Default: the first that is there.")
  private Optional<String> precision = Optional.empty();

  @Option(
      names = "--endpoint",
      paramLabel = "<url>",
      description =
          "Ask an OpenAI-compatible server instead, such as http://host:8000/v1. Default: none.")
  private Optional<URI> endpoint = Optional.empty();

  @Option(
      names = "--server-command",
      paramLabel = "<command>",
      description =
          "Run such a server in each executor, on each GPU: 'vllm serve {model} --port {port}'. "
              + "Default: none.")
  private Optional<String> serverCommand = Optional.empty();

  @Option(
      names = "--server-start",
      paramLabel = "<seconds>",
      description = "How long a server may take to start. Default: ${DEFAULT-VALUE} seconds.")
  private int serverStart = 600;

  @Option(
      names = "--api-key-variable",
      paramLabel = "<name>",
      description =
          "Environment variable of the executors that holds the endpoint's key. Default: "
              + "OPENAI_API_KEY.")
  private String apiKeyVariable = EndpointSettings.DEFAULT.apiKeyVariable();

  @Option(
      names = "--send-key-over-http",
      description =
          "Send the key to an endpoint on another machine that has no https, where everyone on the "
              + "way can read it. Default: false.")
  private boolean sendKeyOverHttp;

  @Option(
      names = "--in-flight",
      paramLabel = "<requests>",
      description =
          "Requests to an endpoint or server at once, from each executor. Default: "
              + "${DEFAULT-VALUE}.")
  private int inFlight = EndpointSettings.DEFAULT.inFlight();

  @Option(
      names = "--attempts",
      paramLabel = "<times>",
      description = "How often a request is tried. Default: ${DEFAULT-VALUE}.")
  private int attempts = EndpointSettings.DEFAULT.attempts();

  @Option(
      names = "--request-timeout",
      paramLabel = "<seconds>",
      description = "How long one attempt may take. Default: ${DEFAULT-VALUE} seconds.")
  private int requestTimeout = (int) EndpointSettings.DEFAULT.requestLimit().toSeconds();

  @Option(
      names = "--batch-size",
      paramLabel = "<images>",
      description =
          "Images that a model in this process captions together. Default: ${DEFAULT-VALUE}.")
  private int batchSize = 8;

  @Option(
      names = "--max-pixels",
      paramLabel = "<pixels>",
      description =
          "Refuse images of more pixels (width x height). Default: ${DEFAULT-VALUE} pixels.")
  private long maxPixels = 67_108_864;

  List<String> problems() {
    List<String> problems =
        new ArrayList<>(
            new Limits()
                .filled("--model", model.orElse("-"))
                .filled("--server-command", serverCommand.orElse("-"))
                .filled("--api-key-variable", apiKeyVariable)
                .range("--server-start", serverStart, 1, 86_400)
                .range("--in-flight", inFlight, 1, 4096)
                .range("--attempts", attempts, 1, 100)
                .range("--request-timeout", requestTimeout, 1, 86_400)
                .range("--batch-size", batchSize, 1, 4096)
                .range("--max-pixels", maxPixels, 1, 500_000_000)
                .problems());
    if (endpoint.isPresent() && serverCommand.isPresent()) {
      problems.add("--endpoint and --server-command exclude each other; leave one out");
    }
    if (isRemote() && (modelSha256.isPresent() || precision.isPresent())) {
      problems.add(
          "--model-sha256 and --precision are about a model in this process; an endpoint or server "
              + "has its own");
    }
    modelSha256
        .filter(hash -> !hash.matches("[0-9a-f]{64}"))
        .ifPresent(hash -> problems.add("--model-sha256 must be 64 lower-case hexadecimal digits"));
    endpoint
        .filter(url -> url.getHost() == null || !List.of("http", "https").contains(url.getScheme()))
        .ifPresent(
            url ->
                problems.add(
                    "--endpoint must be a URL such as http://host:8000/v1, not '%s'"
                        .formatted(url)));
    return problems;
  }

  private boolean isRemote() {
    return endpoint.isPresent() || serverCommand.isPresent();
  }

  /** How many images a task should have, so that batches and connections are full. */
  int imagesPerTask() {
    return 8 * (isRemote() ? inFlight : batchSize);
  }

  CaptionerSource source(long maxBytes) {
    EndpointSettings settings =
        new EndpointSettings(
            model.orElse(""),
            apiKeyVariable,
            sendKeyOverHttp,
            inFlight,
            attempts,
            Duration.ofSeconds(requestTimeout),
            (int) maxBytes,
            maxPixels);
    if (endpoint.isPresent()) {
      return new EndpointSource(endpoint.get(), settings);
    }
    if (serverCommand.isPresent()) {
      return new ServerSource(serverCommand.get(), Duration.ofSeconds(serverStart), settings);
    }
    return new ModelSource(
        model.orElse(ModelSource.INSTALLED),
        modelSha256.orElse(""),
        precision.orElse(""),
        batchSize,
        maxBytes,
        maxPixels);
  }
}
