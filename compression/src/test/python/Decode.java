import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageFileDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decodes the files of a folder: for each, a line of its name and either width, height, channels,
 * bits a sample and "lossy" or "lossless", or "failed" and why; and the samples in a file of
 * another folder.
 */
final class Decode {
  public static void main(String[] arguments) throws Exception {
    ImageFileDecoder decoder = new ImageFileDecoder(DecodeLimits.DEFAULT);
    List<Path> files;
    try (Stream<Path> listed = Files.list(Path.of(arguments[0]))) {
      files = listed.sorted().toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      try {
        DecodedImage decoded = decoder.decode(Files.readAllBytes(file));
        RasterImage image = decoded.shown();
        Files.write(Path.of(arguments[1], name), image.samples());
        System.out.printf(
            "%s %d %d %d %d %s%n",
            name,
            image.width(),
            image.height(),
            image.channels(),
            image.bitDepth(),
            decoded.lossySource() ? "lossy" : "lossless");
      } catch (ImageDecodeException e) {
        System.out.printf("%s failed %s %s%n", name, e.type(), e.getMessage());
      }
    }
  }
}
