package dev.darkroom.recaption.endpoint;

import dev.darkroom.models.ModelIdentity;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.Captioner;
import java.util.Iterator;

/**
 * Asks an inference server that it runs itself, on one GPU, say, and shares its life with.
 *
 * <p>While the server starts, rows wait; when it dies, the rows in flight are asked again after its
 * restart, as often as {@link EndpointOptions#retry()} allows: a row that saw it end twice is asked
 * alone, and given up when its process has ended by itself three times, the last time with this row
 * alone, so that an image which is fatal to its server is lost by itself. When the server is given
 * up, rows fail as unavailable, with the reason.
 */
public final class ServerCaptioner implements Captioner {
  private final InferenceServer server;
  private final OpenAiCaptioner captioner;

  private ServerCaptioner(InferenceServer server, OpenAiCaptioner captioner) {
    this.server = server;
    this.captioner = captioner;
  }

  /**
   * Starts a server and returns at once.
   *
   * @param endpoint how to ask it; the model's name is taken from the server's options where it is
   *     not given
   * @throws EndpointException where the command can't be used, the log can't be written, or the key
   *     can't be sent
   */
  public static ServerCaptioner launch(ServerOptions server, EndpointOptions endpoint) {
    ApiKey key = ApiKey.read(endpoint.apiKeyVariable(), System.getenv());
    EndpointOptions named =
        endpoint.model().isPresent()
            ? endpoint
            : server.model().map(endpoint::withModel).orElse(endpoint);
    InferenceServer running = InferenceServer.launch(server, key);
    return new ServerCaptioner(running, new OpenAiCaptioner(running::awaitPlace, named, key));
  }

  /** The server, for its state and its log; it is closed with this captioner. */
  public InferenceServer server() {
    return server;
  }

  @Override
  public Iterator<CaptionOutcome> caption(Iterator<CaptionRequest> requests) {
    return captioner.caption(requests);
  }

  /**
   * {@inheritDoc} Waits for the server where it must be asked.
   *
   * @throws EndpointException where the server was given up, or the model has to be named
   */
  @Override
  public ModelIdentity model() {
    return captioner.model();
  }

  /** Stops the server. */
  @Override
  public void close() {
    captioner.close();
    server.close();
  }
}
