package dev.darkroom.recaption.image;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The file formats that are read, told apart by their first bytes, and who reads them. */
enum FileFormat {
  JPEG(() -> registered(new JPEGImageReaderSpi())),
  PNG(() -> platform("com.sun.imageio.plugins.png.PNGImageReaderSpi")),
  GIF(() -> platform("com.sun.imageio.plugins.gif.GIFImageReaderSpi")),
  BMP(() -> platform("com.sun.imageio.plugins.bmp.BMPImageReaderSpi")),
  /** By libwebp, which is what Pillow has. */
  WEBP(WebPImageReaderSpi::new),
  TIFF(() -> registered(new TIFFImageReaderSpi()));

  private final Supplier<ImageReaderSpi> provider;

  FileFormat(Supplier<ImageReaderSpi> provider) {
    this.provider = provider;
  }

  /** Who makes readers of this format. */
  ImageReaderSpi provider() {
    synchronized (FileFormat.class) {
      return provider.get();
    }
  }

  /** The format that a file begins like. */
  static Optional<FileFormat> of(byte[] file) {
    if (startsWith(file, 0, "\u00FF\u00D8\u00FF")) {
      return Optional.of(JPEG);
    }
    if (startsWith(file, 0, "\u0089PNG\r\n\u001A\n")) {
      return Optional.of(PNG);
    }
    if (startsWith(file, 0, "GIF8")) {
      return Optional.of(GIF);
    }
    if (startsWith(file, 0, "BM")) {
      return Optional.of(BMP);
    }
    if (startsWith(file, 0, "RIFF") && startsWith(file, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (startsWith(file, 0, "II*\0") || startsWith(file, 0, "MM\0*")) {
      return Optional.of(TIFF);
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] file, int offset, String latin) {
    byte[] magic = latin.getBytes(StandardCharsets.ISO_8859_1);
    int end = offset + magic.length;
    return file.length >= end && Arrays.equals(file, offset, end, magic, 0, magic.length);
  }

  /**
   * A provider the registry knows: some readers look for others there, and its class loader need
   * not have seen this program's jars.
   */
  private static ImageReaderSpi registered(ImageReaderSpi provider) {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    ImageReaderSpi known = registry.getServiceProviderByClass(provider.getClass());
    if (known != null) {
      return known;
    }
    registry.registerServiceProvider(provider, ImageReaderSpi.class);
    return provider;
  }

  private static ImageReaderSpi platform(String name) {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (providers.hasNext()) {
      ImageReaderSpi provider = providers.next();
      if (provider.getClass().getName().equals(name)) {
        return provider;
      }
    }
    throw new IllegalStateException(
        "this Java platform lacks " + name + "; use one with the module java.desktop");
  }
}
