package dev.darkroom.compression.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureExportTest {
  private static final int WIDTH = 13;
  private static final int HEIGHT = 21;

  @Test
  void everyPixelGivesARowOfItsSampleAndFeatures(@TempDir Path folder) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    Path photos = Files.createDirectory(folder.resolve("photos"));
    ImageIO.write(image, "png", photos.resolve("a.png").toFile());
    Path output = folder.resolve("features");

    FeatureExport.main(new String[] {photos.toString(), output.toString(), "1", "7"});

    int[] shifts = {8, 16, 0};
    for (int plane = 0; plane < shifts.length; plane++) {
      int shift = shifts[plane];
      int columns = ContextFeatures.count(plane + 1) + 3;
      float[] rows = floats(output.resolve("a.png." + plane + ".f32"));
      assertThat(rows).hasSize(WIDTH * HEIGHT * columns);
      for (float value : rows) {
        assertThat(value).isFinite();
      }
      assertThat(IntStream.range(0, WIDTH * HEIGHT).map(row -> (int) rows[row * columns]))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, WIDTH * HEIGHT)
                  .map(at -> image.getRGB(at % WIDTH, at / WIDTH) >> shift & 0xff)
                  .boxed()
                  .toList());
      assertThat(IntStream.range(0, WIDTH * HEIGHT).mapToDouble(row -> rows[row * columns + 2]))
          .allMatch(scale -> scale > 0);
    }
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }
}
