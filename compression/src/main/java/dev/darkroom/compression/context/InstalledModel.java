package dev.darkroom.compression.context;

import dev.darkroom.compression.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The weights that this release brings, and the hash that streams coded with them carry.
 *
 * @param weights the networks
 * @param sha256 the hash of the weights' file
 */
record InstalledModel(ContextModel weights, Sha256 sha256) {
  private static final String WEIGHTS = "fast.bin";
  private static final String MANIFEST = "SHA256SUMS";

  /**
   * Reads the weights from the class path and checks them against their manifest.
   *
   * @throws IllegalStateException where they are not what the manifest says
   */
  static InstalledModel load() {
    try {
      byte[] weights = resource(WEIGHTS);
      Sha256 actual = Sha256.of(weights);
      String line = new String(resource(MANIFEST), StandardCharsets.UTF_8).strip();
      String expected = actual.toHex() + "  " + WEIGHTS;
      if (!line.equals(expected)) {
        throw new IllegalStateException(
            "the weights of the fast profile are damaged: their SHA-256 is %s, but %s says \"%s\"; install Darkroom again"
                .formatted(actual, MANIFEST, line));
      }
      return new InstalledModel(ContextModel.read(new ByteArrayInputStream(weights)), actual);
    } catch (IOException e) {
      throw new UncheckedIOException("the weights of the fast profile can't be read", e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = InstalledModel.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name + " beside " + InstalledModel.class.getName());
      }
      return in.readAllBytes();
    }
  }
}
