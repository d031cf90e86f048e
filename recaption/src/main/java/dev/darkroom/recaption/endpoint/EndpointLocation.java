package dev.darkroom.recaption.endpoint;

import java.net.URI;
import java.time.Duration;

/** Where an endpoint is at the moment. */
interface EndpointLocation {
  /**
   * A place where it can be asked.
   *
   * @param base of its API
   * @param run of the server there, where that is known: another number after each restart
   * @param deaths how many of the runs before ended by themselves; the others were ended because
   *     they did not answer, which may be the machine's fault
   */
  record Place(URI base, int run, int deaths) {}

  /**
   * Where it is.
   *
   * @param limit how long to wait where it is about to come up
   * @throws EndpointException where it is not there, and will not be within the limit
   */
  Place await(Duration limit) throws InterruptedException;
}
