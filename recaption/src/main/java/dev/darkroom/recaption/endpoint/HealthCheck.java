package dev.darkroom.recaption.endpoint;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Whether a server is ready: {@code GET /health} is answered with success, or, where a server knows
 * no such path, {@code GET /v1/models}.
 */
final class HealthCheck {
  private final EndpointClient client;
  private final Duration limit;

  HealthCheck(EndpointClient client, Duration limit) {
    this.client = client;
    this.limit = limit;
  }

  /**
   * Asks once.
   *
   * @param base of the server's API
   */
  boolean isReady(URI base) throws InterruptedException {
    try {
      int health = client.get(base.resolve("/health"), limit).statusCode();
      if (health != 404 && health != 405) {
        return health / 100 == 2;
      }
      int models = client.get(EndpointAddress.models(base), limit).statusCode();
      return models / 100 == 2 || models == 401 || models == 403;
    } catch (IOException | TimeoutException e) {
      return false;
    }
  }
}
