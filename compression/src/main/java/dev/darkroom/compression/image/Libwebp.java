package dev.darkroom.compression.image;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPReadParam;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.lang.ref.Reference;
import javax.imageio.ImageReader;

/**
 * Google's decoder of WebP, through a binding that unpacks it into the folder for temporary files
 * (or that of the property {@code com.luciad.imageio.webp.tmpdir}), under a name of its own in each
 * JVM. It holds builds for Linux with glibc 2.27 or later, macOS and Windows.
 */
final class Libwebp {
  /** What libwebp says of an image that goes on behind the end of its data. */
  private static final String SUSPENDED = "SUSPENDED";

  private static final String NOT_ENOUGH_DATA = "NOT_ENOUGH_DATA";

  private Libwebp() {}

  /**
   * Decodes a still image.
   *
   * @param file a file whose header says this width and height
   * @param width pixels of a row
   * @param height rows
   * @return {@code width x height} pixels, row by row: alpha (opaque where the file has none), red,
   *     green and blue in 8 bits each, from the highest to the lowest; not premultiplied
   * @throws ImageDecodeException where the file is damaged, or there is no libwebp for this
   *     platform
   */
  static int[] decode(byte[] file, int width, int height) throws IOException, ImageDecodeException {
    BufferedImage image;
    try {
      image = read(file);
    } catch (LinkageError e) {
      throw new ImageDecodeException(
          ErrorType.UNSUPPORTED,
          "WebP is not read here: libwebp can't be loaded (%s); it needs Linux with glibc, macOS or Windows, and a folder for temporary files that programs may be run from, which -Dcom.luciad.imageio.webp.tmpdir names"
              .formatted(e.getMessage()),
          e);
    } catch (IOException e) {
      throw refused(e);
    } catch (OutOfMemoryError e) {
      if (e.getMessage() != null) {
        throw e;
      }
      // not the JVM's: libwebp says so of transparency that it can't take apart
      throw new ImageDecodeException(
          ErrorType.CORRUPT,
          "the WebP is damaged, or needs more memory than libwebp gets; its bytes are kept",
          e);
    }
    if (image.getWidth() != width || image.getHeight() != height) {
      throw new ImageDecodeException(
          ErrorType.CORRUPT,
          "the WebP says %d x %d pixels, and has %d x %d"
              .formatted(width, height, image.getWidth(), image.getHeight()));
    }
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  private static BufferedImage read(byte[] file) throws IOException {
    ImageReader reader = new WebPImageReaderSpi().createReaderInstance();
    WebPReadParam options = new WebPReadParam();
    try (DeadlineInput in = new DeadlineInput(file)) {
      reader.setInput(in, true, true);
      return reader.read(0, options);
    } finally {
      // libwebp reads memory that is freed with them
      Reference.reachabilityFence(options);
      reader.dispose();
    }
  }

  private static ImageDecodeException refused(IOException failure) {
    String said = String.valueOf(failure.getMessage());
    if (said.contains(SUSPENDED) || said.contains(NOT_ENOUGH_DATA)) {
      return new ImageDecodeException(
          ErrorType.TRUNCATED,
          "the WebP ends before its image does; what is there is kept",
          failure);
    }
    return new ImageDecodeException(
        ErrorType.CORRUPT, "the WebP is damaged: libwebp says '" + said + "'", failure);
  }
}
