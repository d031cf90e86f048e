package dev.darkroom.jobs.curation.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Headless Chromium, which opens a page and tells what came of it. Whatever asks the network asks a
 * proxy of ours, which writes that down and gives nothing.
 */
final class Browser {
  private static final long LIMIT_SECONDS = 90;
  private static final Pattern OWN =
      Pattern.compile("^[A-Z]+ (http://)?[a-z0-9.-]*\\.(google|googleapis|gvt1)\\.com[:/]");

  private final Path chromium;
  private final Path folder;

  private Browser(Path chromium, Path folder) {
    this.chromium = chromium;
    this.folder = folder;
  }

  /** The browser of this machine, if it has one. */
  static Optional<Browser> installed(Path folder) {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .map(path -> new Browser(path, folder));
  }

  /**
   * What came of a page.
   *
   * @param dom the page when its scripts had run
   * @param console what it wrote to the console
   * @param requests the beginnings of what was asked of the network, less what Chromium asks of its
   *     maker's own servers whatever the page
   */
  record Visit(String dom, List<String> console, List<String> requests) {}

  /** Opens a page and lets its scripts run. */
  Visit visit(Path page, String... flags) throws IOException {
    Path profile = Files.createTempDirectory(folder, "profile");
    Path out = profile.resolve("dom.html");
    Path log = profile.resolve("log.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--allow-file-access-from-files",
                "--enable-logging=stderr",
                "--virtual-time-budget=20000",
                "--proxy-bypass-list=<-loopback>",
                "--user-data-dir=" + profile));
    command.addAll(List.of(flags));
    List<String> requests = new CopyOnWriteArrayList<>();
    try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread listening = new Thread(() -> listen(proxy, requests), "proxy");
      listening.setDaemon(true);
      listening.start();
      command.add("--proxy-server=http://127.0.0.1:" + proxy.getLocalPort());
      command.add("--dump-dom");
      command.add(page.toUri().toString());
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(log.toFile())
              .start();
      try {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("Chromium ends").isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while Chromium ran", e);
      } finally {
        process.destroyForcibly();
      }
    }
    List<String> console =
        Files.readString(log, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains(":CONSOLE"))
            .toList();
    List<String> ofThePage =
        requests.stream().filter(request -> !OWN.matcher(request).find()).toList();
    return new Visit(Files.readString(out, StandardCharsets.UTF_8), console, ofThePage);
  }

  private static void listen(ServerSocket proxy, List<String> requests) {
    while (!proxy.isClosed()) {
      try (Socket socket = proxy.accept()) {
        socket.setSoTimeout(2000);
        byte[] line = new byte[512];
        int read = socket.getInputStream().read(line);
        requests.add(new String(line, 0, Math.max(0, read), StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        if (!proxy.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
