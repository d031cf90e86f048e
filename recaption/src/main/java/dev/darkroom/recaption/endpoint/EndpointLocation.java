package dev.darkroom.recaption.endpoint;

import java.net.URI;
import java.time.Duration;

/** Where an endpoint is at the moment. */
interface EndpointLocation {
  /**
   * The base of its API.
   *
   * @param limit how long to wait where it is about to come up
   * @throws EndpointException where it is not there, and will not be within the limit
   */
  URI await(Duration limit) throws InterruptedException;
}
