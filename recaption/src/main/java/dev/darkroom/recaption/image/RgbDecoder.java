package dev.darkroom.recaption.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG, PNG, GIF, BMP, WebP and TIFF files to RGB, as Pillow's {@code convert("RGB")} does.
 * Immutable and thread-safe.
 *
 * <p>The first image of a file is taken. All give Pillow's very samples: WebP by libwebp on both
 * sides, JPEG where this Java platform's libjpeg is libjpeg-turbo, as Debian's is; the libjpeg 6b
 * of others rounds some samples otherwise.
 */
public final class RgbDecoder {
  private static final int MAX_SIDE = 65_535;
  private static final int PNG_COLOR_TYPE = 25;

  private final ImageLimits limits;

  /** A decoder that refuses what is beyond the limits. */
  public RgbDecoder(ImageLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Decodes a file.
   *
   * @param file its bytes
   * @throws ImageException where the bytes are no image, are damaged, or are beyond the limits
   */
  public RgbImage decode(byte[] file) throws ImageException {
    if (file.length > limits.maxBytes()) {
      throw ImageException.tooLarge(
          "the file has %d bytes, over the limit of %d; raise the limit to read it"
              .formatted(file.length, limits.maxBytes()));
    }
    FileFormat format =
        FileFormat.of(file)
            .orElseThrow(
                () ->
                    ImageException.unreadable(
                        file.length == 0
                            ? "the file is empty"
                            : "the file is no JPEG, PNG, GIF, BMP, WebP or TIFF: its first bytes"
                                + " are none of theirs"));
    try {
      Optional<WebpFrame> frame =
          format == FileFormat.WEBP ? WebpFrame.first(file) : Optional.empty();
      if (frame.isEmpty()) {
        return read(file, format);
      }
      check(frame.get().width(), frame.get().height());
      return frame.get().onCanvas(read(frame.get().file(), format));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw ImageException.unreadable(
          "the %s file is damaged: its decoder stopped with %s".formatted(format, e), e);
    } catch (LinkageError e) {
      throw ImageException.unreadable(
          "%s is not read here: its native library can't be loaded (%s); it needs Linux with glibc, macOS or Windows, and a folder for temporary files that programs may be run from"
              .formatted(format, e),
          e);
    } catch (OutOfMemoryError e) {
      if (format == FileFormat.WEBP && e.getMessage() == null) {
        // not the JVM's: libwebp says so of transparency that it can't take apart
        throw ImageException.unreadable(
            "the WEBP file is damaged, or needs more memory than libwebp gets", e);
      }
      throw ImageException.tooLarge(
          "decoding the %s file needs more memory than there is; raise the heap or lower the limit"
                  .formatted(format)
              + " on pixels");
    }
  }

  private RgbImage read(byte[] file, FileFormat format) throws IOException, ImageException {
    ImageReader reader = format.provider().createReaderInstance();
    TruncationListener truncation = new TruncationListener();
    byte[] plain = format == FileFormat.JPEG ? JpegProfile.removed(file) : file;
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(plain))) {
      reader.addIIOReadWarningListener(truncation);
      reader.setInput(in, false, true);
      check(reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0);
      if (truncation.isTruncated()) {
        throw ImageException.unreadable("the file is truncated: it ends before its image does");
      }
      return RgbPixels.of(image, format == FileFormat.PNG && isGrey(plain));
    } finally {
      reader.dispose();
    }
  }

  /** Whether a PNG's header says grey without alpha, which a transparent colour does not change. */
  private static boolean isGrey(byte[] png) {
    return png[PNG_COLOR_TYPE] == 0;
  }

  private void check(int width, int height) throws ImageException {
    if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > limits.maxPixels()) {
      throw ImageException.tooLarge(
          "the image has %d x %d pixels, over the limit of %d pixels or %d a side; raise the limit to"
                  .formatted(width, height, limits.maxPixels(), MAX_SIDE)
              + " read it");
    }
  }
}
