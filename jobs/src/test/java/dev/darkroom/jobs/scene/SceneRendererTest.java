package dev.darkroom.jobs.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SceneRendererTest {
  private static final int WHITE = Ground.WHITE.rgb();

  @ParameterizedTest
  @CsvSource({
    "1, 128, 06e90b40b901dd0b1ebafef405ded786b82b7eee4f3049543bdf136cffcebc60",
    "2, 128, 93b1a711f7ce3e325228589584e0dc7a31bfe5ea5de4d73e2d1d7560e0f93668",
    "1, 256, 545c800bf03900da0efe87bcddd70ac006c0c698d16f5f5fcdf30f2178b7f4ed",
  })
  void pixelsAreWhatTheyAlwaysWere(long seed, int size, String sha256)
      throws NoSuchAlgorithmException {
    SceneRenderer renderer = new SceneRenderer(size);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int index = 0; index < 100; index++) {
      int[] pixels = pixels(renderer.image(new SceneWorld(seed).scene(index)));
      ByteBuffer bytes = ByteBuffer.allocate(4 * pixels.length);
      bytes.asIntBuffer().put(pixels);
      digest.update(bytes);
    }

    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256);
  }

  @Test
  void tasksOfOneProcessDrawTheSame() {
    Scene scene = one(new Look(Magnitude.LARGE, Texture.SOLID, Hue.RED, Silhouette.RING));
    int[] alone = pixels(new SceneRenderer(256).image(scene));

    List<int[]> together =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(i -> pixels(new SceneRenderer(256).image(scene)))
            .toList();

    assertThat(together).allSatisfy(pixels -> assertThat(pixels).isEqualTo(alone));
  }

  @Test
  void everyObjectHasItsColorWhereTheTruthSaysItIs() {
    for (int size : new int[] {128, 384}) {
      SceneRenderer renderer = new SceneRenderer(size);
      for (int index = 0; index < 200; index++) {
        Scene scene = new SceneWorld(9).scene(index);
        BufferedImage image = renderer.image(scene);
        for (Group group : scene.groups()) {
          Look look = group.look();
          for (Place place : group.places()) {
            int radius = look.magnitude().radius();
            double x = place.x() + look.silhouette().anchorX() * radius;
            double y = place.y() + look.silhouette().anchorY() * radius;
            int color = rgb(image, (int) (x * size / 128), (int) (y * size / 128));
            if (look.texture() == Texture.SOLID) {
              assertThat(color).as(scene.id()).isEqualTo(look.hue().rgb());
            } else {
              assertThat(color).as(scene.id()).isIn(look.hue().rgb(), look.hue().accent());
            }
          }
        }
      }
    }
  }

  @Test
  void theGroundIsWhatTheTruthSays() {
    for (int index = 0; index < 200; index++) {
      Scene scene = new SceneWorld(9).scene(index);
      BufferedImage image = new SceneRenderer(128).image(scene);
      int corner = rgb(image, 0, 0);
      int below = rgb(image, 0, 127);
      switch (scene.style()) {
        case FLAT -> {
          assertThat(corner).isEqualTo(scene.ground().rgb());
          assertThat(below).isEqualTo(corner);
        }
        case SOFT -> assertThat(corner & 0xFF).isGreaterThan(below & 0xFF);
        case GRAINY ->
            assertThat(Arrays.stream(image.getRGB(0, 0, 128, 1, null, 0, 128)).distinct().count())
                .isGreaterThan(10);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void outlinesAreDrawnInFullAndWithinTheirSquares(Silhouette silhouette) {
    double covered = covered(silhouette);

    switch (silhouette) {
      case CIRCLE -> assertThat(covered).isCloseTo(Math.PI, within(0.01));
      case SQUARE -> assertThat(covered).isCloseTo(1.76 * 1.76, within(0.01));
      case TRIANGLE -> assertThat(covered).isCloseTo(1.8, within(0.01));
      case DIAMOND -> assertThat(covered).isCloseTo(1.6, within(0.01));
      case RING -> assertThat(covered).isCloseTo(Math.PI * 0.75, within(0.01));
      case CROSS -> assertThat(covered).isCloseTo(0.64 * (4 - 0.64), within(0.01));
      default -> assertThat(covered).isBetween(1.2, 2.6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void texturesLeaveTheOutlineAndMostOfTheColor(Texture texture) {
    Look look = new Look(Magnitude.LARGE, texture, Hue.RED, Silhouette.SQUARE);
    int[] pixels = pixels(new SceneRenderer(128).image(one(look)));

    long main = count(pixels, Hue.RED.rgb());
    long accent = count(pixels, Hue.RED.accent());
    if (texture == Texture.SOLID) {
      assertThat(accent).isZero();
    } else {
      assertThat(accent).isBetween(main / 10, main);
    }
  }

  @Test
  void aPngHoldsThePixels() throws IOException {
    SceneRenderer renderer = new SceneRenderer(256);
    Scene scene = new SceneWorld(3).scene(4);

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(renderer.png(scene)));

    assertThat(pixels(read)).isEqualTo(pixels(renderer.image(scene)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 64, 200, 4096, -128})
  void otherSizesAreRefused(int size) {
    assertThatThrownBy(() -> new SceneRenderer(size))
        .hasMessageContaining(Integer.toString(size))
        .hasMessageContaining("multiple of 128");
  }

  /** The part of the square from (-1, -1) to (1, 1) that a black outline darkens, times 4. */
  private static double covered(Silhouette silhouette) {
    Look look = new Look(Magnitude.LARGE, Texture.SOLID, Hue.BLACK, silhouette);
    SceneRenderer renderer = new SceneRenderer(1024);
    double dark = 0;
    for (int pixel : pixels(renderer.image(one(look)))) {
      dark += (double) ((WHITE & 0xFF) - (pixel & 0xFF)) / ((WHITE & 0xFF) - 0x19);
    }
    double radius = Magnitude.LARGE.radius() * 8;
    return dark / (radius * radius);
  }

  private static Scene one(Look look) {
    Group group = new Group(look, List.of(new Place(64, 64)));
    return new Scene(1, 0, Ground.WHITE, Style.FLAT, Layout.ALONE, List.of(group));
  }

  private static long count(int[] pixels, int rgb) {
    return Arrays.stream(pixels).filter(pixel -> (pixel & 0xFFFFFF) == rgb).count();
  }

  private static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xFFFFFF;
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
