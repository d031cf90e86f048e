package dev.darkroom.compression.flow;

import dev.darkroom.compression.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A flow with the hash by which streams name it: the SHA-256 of its description followed by its
 * weights, as {@link FlowDescription} lays them out.
 *
 * @param flow the flow
 * @param sha256 the hash of what it was built from
 */
public record FlowModel(Flow flow, Sha256 sha256) {
  private static final String DESCRIPTION = "flow.json";
  private static final String WEIGHTS = "flow.weights";
  private static final String MANIFEST = "flow.sha256";

  /** Checks that both are there. */
  public FlowModel {
    Objects.requireNonNull(flow, "flow");
    Objects.requireNonNull(sha256, "sha256");
  }

  /**
   * Builds a model from data.
   *
   * @param description JSON
   * @param weights little-endian floats
   * @throws IllegalArgumentException naming what is missing or does not fit
   */
  public static FlowModel parse(byte[] description, byte[] weights) {
    byte[] all = Arrays.copyOf(description, description.length + weights.length);
    System.arraycopy(weights, 0, all, description.length, weights.length);
    return new FlowModel(FlowDescription.parse(description, weights), Sha256.of(all));
  }

  /**
   * Loads the trained model that comes with this release and checks it against its manifest.
   *
   * @throws IllegalStateException where the installation is damaged
   */
  public static FlowModel installed() {
    FlowModel model = parse(resource(DESCRIPTION), resource(WEIGHTS));
    String expected = new String(resource(MANIFEST), StandardCharsets.US_ASCII);
    if (!expected.strip().equals(model.sha256().toHex())) {
      throw new IllegalStateException(
          "The installed flow model does not match its manifest: the installation is damaged;"
              + " install this release again.");
    }
    return model;
  }

  private static byte[] resource(String name) {
    try (InputStream in = FlowModel.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "The resource %s of the flow model is missing: install this release again."
                .formatted(name));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + name + " can't be read", e);
    }
  }
}
