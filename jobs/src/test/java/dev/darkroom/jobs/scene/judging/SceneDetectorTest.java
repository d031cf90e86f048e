package dev.darkroom.jobs.scene.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.scene.Group;
import dev.darkroom.jobs.scene.Look;
import dev.darkroom.jobs.scene.Place;
import dev.darkroom.jobs.scene.Scene;
import dev.darkroom.jobs.scene.SceneRenderer;
import dev.darkroom.jobs.scene.SceneWorld;
import dev.darkroom.jobs.scene.Style;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SceneDetectorTest {
  private static final SceneDetector DETECTOR = new SceneDetector();
  private static final SceneWorld WORLD = new SceneWorld(20_260_101);
  private static final int NEAR = 3;
  private static final int OBJECTS = 120;

  /** What was right of so many objects. */
  private record Tally(int objects, int found, int hueAndShape, int look, int scenes, int counts) {
    Tally add(Tally other) {
      return new Tally(
          objects + other.objects,
          found + other.found,
          hueAndShape + other.hueAndShape,
          look + other.look,
          scenes + other.scenes,
          counts + other.counts);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 64, 48})
  void oneOrTwoObjectsOnEvenGroundAreAllFound(int size) {
    Tally tally =
        tally(OBJECTS, size, scene -> scene.objects() <= 2 && scene.style() != Style.GRAINY);

    assertThat(tally.objects()).isEqualTo(OBJECTS);
    assertThat(tally.hueAndShape()).as(tally.toString()).isEqualTo(OBJECTS);
    assertThat(tally.look()).as(tally.toString()).isEqualTo(OBJECTS);
    assertThat(tally.counts()).as(tally.toString()).isEqualTo(tally.scenes());
  }

  @Test
  void nearlyAllObjectsOfAllScenesAreFound() {
    Tally tally = tally(OBJECTS, 64, scene -> true);

    assertThat(tally.hueAndShape()).as(tally.toString()).isGreaterThanOrEqualTo(OBJECTS - 1);
    assertThat(tally.look()).as(tally.toString()).isGreaterThanOrEqualTo(OBJECTS - 1);
  }

  @Test
  void groundAndStyleAreFound() {
    LongStream.range(0, 30)
        .mapToObj(WORLD::scene)
        .forEach(
            scene -> {
              Detection detection = DETECTOR.detect(picture(scene, 64));
              assertThat(detection.ground()).as(scene.id()).isEqualTo(scene.ground());
              assertThat(detection.style()).as(scene.id()).isEqualTo(scene.style());
              assertThat(detection.groundQuality()).isGreaterThan(0.95);
            });
  }

  @Test
  void pixelsThatAreALittleOffDoNotMatter() {
    Random random = new Random(1);
    int right = 0;
    int all = 0;
    for (int i = 0; i < 30; i++) {
      Scene scene = WORLD.scene(i);
      BufferedImage image = picture(scene, 64);
      for (int pixel = 0; pixel < 64 * 64; pixel++) {
        int rgb = image.getRGB(pixel % 64, pixel / 64);
        int moved = 0;
        for (int shift = 0; shift < 24; shift += 8) {
          int value = (rgb >> shift & 0xFF) + (int) (8 * random.nextGaussian());
          moved |= Math.max(0, Math.min(255, value)) << shift;
        }
        image.setRGB(pixel % 64, pixel / 64, moved);
      }
      Tally tally = tally(scene, DETECTOR.detect(image));
      right += tally.hueAndShape();
      all += tally.objects();
    }
    assertThat(right).isGreaterThanOrEqualTo(all * 98 / 100);
  }

  @ParameterizedTest
  @CsvSource({"0, 4, 128", "5, 5, 128", "6, 0, 48", "3, 7, 48"})
  void texturesMayLieElsewhereOnTheirObjects(int right, int down, int size) {
    Tally tally = new Tally(0, 0, 0, 0, 0, 0);
    for (long index = 0; tally.objects() < OBJECTS; index++) {
      Scene scene = WORLD.scene(index);
      if (scene.objects() == 1 && scene.style() != Style.GRAINY) {
        tally = tally.add(tally(scene, DETECTOR.detect(picture(scene, size, right, down))));
      }
    }

    assertThat(tally.hueAndShape()).as(tally.toString()).isGreaterThanOrEqualTo(OBJECTS - 1);
    assertThat(tally.look()).as(tally.toString()).isGreaterThanOrEqualTo(OBJECTS * 98 / 100);
  }

  @Test
  void whatIsNoSceneHasNoObjects() {
    BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    BufferedImage ramp = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(2);
    for (int i = 0; i < 64 * 64; i++) {
      noise.setRGB(i % 64, i / 64, random.nextInt());
    }
    for (int i = 0; i < 200 * 200; i++) {
      ramp.setRGB(i % 200, i / 200, i % 200 << 16 | i / 200 << 8 | 90);
    }

    assertThat(DETECTOR.detect(noise).objects()).isEmpty();
    assertThat(DETECTOR.detect(ramp).objects()).isEmpty();
    assertThat(DETECTOR.detect(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB)).objects())
        .isEmpty();
  }

  @Test
  void picturesThatCanBeNoSceneAreRefused() {
    for (int[] size : new int[][] {{31, 31}, {64, 65}}) {
      BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
      assertThatThrownBy(() -> DETECTOR.detect(image)).hasMessageContaining("square");
    }
  }

  private static Tally tally(int objects, int size, Predicate<Scene> wanted) {
    Tally sum = new Tally(0, 0, 0, 0, 0, 0);
    for (long index = 0; sum.objects() < objects; index++) {
      Scene scene = WORLD.scene(index);
      if (wanted.test(scene) && sum.objects() + scene.objects() <= objects) {
        sum = sum.add(tally(scene, DETECTOR.detect(picture(scene, size))));
      }
    }
    return sum;
  }

  private static Tally tally(Scene scene, Detection detection) {
    Tally sum = new Tally(0, 0, 0, 0, 1, detection.objects().size() == scene.objects() ? 1 : 0);
    for (Group group : scene.groups()) {
      for (Place place : group.places()) {
        List<Look> there =
            detection.objects().stream()
                .filter(object -> Math.abs(object.x() * Scene.GRID - place.x()) <= NEAR)
                .filter(object -> Math.abs(object.y() * Scene.GRID - place.y()) <= NEAR)
                .map(SceneObject::look)
                .toList();
        Look look = group.look();
        boolean alike =
            there.stream()
                .anyMatch(
                    seen -> seen.hue() == look.hue() && seen.silhouette() == look.silhouette());
        sum =
            sum.add(
                new Tally(
                    1, there.isEmpty() ? 0 : 1, alike ? 1 : 0, there.contains(look) ? 1 : 0, 0, 0));
      }
    }
    return sum;
  }

  /** A scene in so many pixels a side, each the mean of what it covers. */
  static BufferedImage picture(Scene scene, int size) {
    return picture(scene, size, 0, 0);
  }

  private static BufferedImage picture(Scene scene, int size, int right, int down) {
    int drawn = Scene.GRID;
    while (drawn % size != 0) {
      drawn += Scene.GRID;
    }
    BufferedImage image = new SceneRenderer(drawn).image(scene, right, down);
    return drawn == size ? image : reduced(image, drawn / size);
  }

  private static BufferedImage reduced(BufferedImage image, int block) {
    int size = image.getWidth() / block;
    BufferedImage small = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < size * size; pixel++) {
      int x = pixel % size * block;
      int y = pixel / size * block;
      int rgb = 0;
      for (int shift = 0; shift < 24; shift += 8) {
        int sum = block * block / 2;
        for (int at = 0; at < block * block; at++) {
          sum += image.getRGB(x + at % block, y + at / block) >> shift & 0xFF;
        }
        rgb |= sum / (block * block) << shift;
      }
      small.setRGB(pixel % size, pixel / size, rgb);
    }
    return small;
  }
}
