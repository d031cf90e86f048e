package dev.darkroom.compression.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.util.Iterator;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The ImageIO readers that have to be looked up: the Java platform's own, and those that lean on
 * them. The registry's class loader need not have seen this program's jars.
 */
final class ReaderProviders {
  private static final String GIF = "com.sun.imageio.plugins.gif.GIFImageReaderSpi";

  private ReaderProviders() {}

  /** The platform's reader of GIF. */
  static synchronized ImageReaderSpi gif() {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (providers.hasNext()) {
      ImageReaderSpi provider = providers.next();
      if (provider.getClass().getName().equals(GIF)) {
        return provider;
      }
    }
    throw new IllegalStateException(
        "this Java platform lacks its image readers; use one with the module java.desktop");
  }

  /** TwelveMonkeys' reader of JPEG, which does the rare kinds and leaves the rest to Java's. */
  static synchronized ImageReaderSpi jpeg() {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    ImageReaderSpi registered = registry.getServiceProviderByClass(JPEGImageReaderSpi.class);
    if (registered != null) {
      return registered;
    }
    JPEGImageReaderSpi provider = new JPEGImageReaderSpi();
    registry.registerServiceProvider(provider, ImageReaderSpi.class);
    return provider;
  }
}
