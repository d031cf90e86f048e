package dev.darkroom.recaption.endpoint;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program that launches a server and neither closes it nor waits for it: its JVM is killed, or
 * exits. Arguments: the command, a folder for the log.
 */
final class AbandonedServer {
  private AbandonedServer() {}

  /** Prints the server's address when it is ready; ends when its input does. */
  public static void main(String[] arguments) throws Exception {
    InferenceServer server =
        InferenceServer.launch(
            ServerOptions.of(arguments[0], Path.of(arguments[1]))
                .withLimits(Duration.ofSeconds(30), Duration.ofSeconds(2)));
    URI base = server.awaitReady(Duration.ofSeconds(30));
    System.out.println(base);
    while (System.in.read() >= 0) {}
    System.exit(0);
  }
}
