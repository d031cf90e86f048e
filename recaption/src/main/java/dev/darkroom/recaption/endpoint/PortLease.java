package dev.darkroom.recaption.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port that nobody listens on, and that no other lease on this machine holds while a server that
 * is starting has not bound it yet.
 *
 * <p>Ports are taken from below the range that operating systems give to outgoing connections, for
 * one of those could take the port in between. A lease is a lock on a file, so it ends with its
 * process.
 */
final class PortLease implements AutoCloseable {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 200;

  private final int port;
  private final FileChannel file;

  private PortLease(int port, FileChannel file) {
    this.port = port;
    this.file = file;
  }

  /**
   * Leases a port at random.
   *
   * @throws EndpointException where none can be had
   */
  static PortLease take() {
    String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "darkroom-ports-" + user);
    try {
      Files.createDirectories(folder);
      for (int i = 0; i < TRIES; i++) {
        int port = ThreadLocalRandom.current().nextInt(FIRST, END);
        FileChannel file =
            FileChannel.open(
                folder.resolve(port + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (isLocked(file) && isFree(port)) {
          return new PortLease(port, file);
        }
        file.close();
      }
    } catch (IOException e) {
      throw new EndpointException(
          "no port could be leased with a lock in " + folder + ": " + e + "; make it writable");
    }
    throw new EndpointException(
        "no free port was found from " + FIRST + " to " + (END - 1) + "; stop what listens there");
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket loopback = new ServerSocket();
        ServerSocket everywhere = new ServerSocket()) {
      loopback.setReuseAddress(true);
      loopback.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      loopback.close();
      everywhere.setReuseAddress(true);
      everywhere.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /** Gives the port back. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new IllegalStateException("the lock of port " + port + " could not be released", e);
    }
  }
}
