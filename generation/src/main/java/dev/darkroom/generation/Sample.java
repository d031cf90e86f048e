package dev.darkroom.generation;

import java.util.Objects;

/**
 * An image.
 *
 * @param request see {@link SampleOutcome#request()}
 * @param rgb {@code height x width x 3} bytes: red, green and blue of each pixel, rows from the top
 * @param width in pixels
 * @param height in pixels
 * @param promptTruncated whether the prompt was longer than the model's text encoder reads
 * @param negativeTruncated whether the negative prompt was, where it had a part
 * @param millis see {@link SampleOutcome#millis()}
 */
public record Sample(
    SampleRequest request,
    byte[] rgb,
    int width,
    int height,
    boolean promptTruncated,
    boolean negativeTruncated,
    long millis)
    implements SampleOutcome {
  /** Refuses missing parts and pixels that do not fit the size. */
  public Sample {
    Objects.requireNonNull(request, "request");
    if (rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "%d bytes are no %d x %d pixels of 3 bytes".formatted(rgb.length, width, height));
    }
  }
}
