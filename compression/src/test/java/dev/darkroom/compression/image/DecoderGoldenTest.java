package dev.darkroom.compression.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of many kinds against what libpng, libtiff, libwebp and Pillow read from them. */
class DecoderGoldenTest {
  private final ImageFileDecoder decoder = new ImageFileDecoder(DecodeLimits.DEFAULT);

  static Stream<String> files() throws IOException {
    return goldens().propertyStream().map(Map.Entry::getKey);
  }

  @ParameterizedTest
  @MethodSource("files")
  void samplesAreThoseOfASecondImplementation(String name) throws Exception {
    RasterImage image = decoder.decode(read(name)).shown();

    JsonNode golden = goldens().get(name);
    assertThat(image.width()).isEqualTo(golden.get("width").intValue());
    assertThat(image.height()).isEqualTo(golden.get("height").intValue());
    assertThat(image.bitDepth()).isEqualTo(golden.get("bit_depth").intValue());
    assertThat(Sha256.of(rgba(image)).toHex()).isEqualTo(golden.get("sha256").textValue());
  }

  /** The samples with three colours and alpha, whatever channels the image has. */
  private static byte[] rgba(RasterImage image) {
    int channels = image.channels();
    int bytes = image.bitDepth() / 8;
    int pixels = image.width() * image.height();
    byte[] rgba = new byte[pixels * 4 * bytes];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < 4; c++) {
        int source = c == 3 ? channels - 1 : channels < 3 ? 0 : c;
        boolean opaque = c == 3 && channels % 2 == 1;
        for (int b = 0; b < bytes; b++) {
          rgba[(i * 4 + c) * bytes + b] =
              opaque ? (byte) 0xFF : image.samples()[(i * channels + source) * bytes + b];
        }
      }
    }
    return rgba;
  }

  private static JsonNode goldens() throws IOException {
    return new ObjectMapper().readTree(read("goldens.json"));
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = DecoderGoldenTest.class.getResourceAsStream("/decoders/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
