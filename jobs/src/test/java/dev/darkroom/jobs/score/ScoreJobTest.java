package dev.darkroom.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.compression.IFlowCodec;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.scene.Ground;
import dev.darkroom.jobs.scene.Group;
import dev.darkroom.jobs.scene.Hue;
import dev.darkroom.jobs.scene.Layout;
import dev.darkroom.jobs.scene.Look;
import dev.darkroom.jobs.scene.Magnitude;
import dev.darkroom.jobs.scene.Place;
import dev.darkroom.jobs.scene.Scene;
import dev.darkroom.jobs.scene.SceneDescription;
import dev.darkroom.jobs.scene.SceneRenderer;
import dev.darkroom.jobs.scene.SceneWorld;
import dev.darkroom.jobs.scene.Silhouette;
import dev.darkroom.jobs.scene.Style;
import dev.darkroom.jobs.scene.Texture;
import dev.darkroom.jobs.table.GeneratedColumn;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreJobTest {
  private static final SceneRenderer RENDERER = new SceneRenderer(Scene.GRID);
  private static final Group RED_CIRCLE = one(Hue.RED, Silhouette.CIRCLE, 30, 64);
  private static final Group BLUE_SQUARE = one(Hue.BLUE, Silhouette.SQUARE, 96, 64);
  private static final byte[] PAIR = RENDERER.png(scene(RED_CIRCLE, BLUE_SQUARE));

  @TempDir Path folder;

  @Test
  void whatIsThereIsScored() throws IOException {
    new GeneratedImages()
        .with("", "a red circle left of a blue square", PAIR)
        .with("", "a red circle right of a blue square", PAIR)
        .with("", "a red square and a blue circle", PAIR)
        .with("", "a red circle on the left", RENDERER.png(scene(RED_CIRCLE)))
        .with("", "a striped red circle on the right", RENDERER.png(scene(RED_CIRCLE)))
        .with("numeracy", "two red circles", RENDERER.png(scene(RED_CIRCLE)))
        .save(folder.resolve("images"));

    JsonNode summary = run();

    assertThat(scores())
        .containsEntry("0000 color", 1.0)
        .containsEntry("0000 shape", 1.0)
        .containsEntry("0001 spatial", 0.5 * confidence())
        .containsEntry("0002 color", 0.0)
        .containsEntry("0002 shape", 1.0)
        .containsEntry("0004 texture", 0.0)
        .containsEntry("0004 color", 1.0)
        .containsEntry("0005 numeracy", 0.5)
        .doesNotContainKey("0005 color");
    assertThat(scores().get("0000 spatial")).isCloseTo(1, within(0.01));
    assertThat(right("0000")).isEqualTo("true true null null null true true true");
    assertThat(right("0001")).isEqualTo("true true null null null false true false");
    assertThat(right("0002")).isEqualTo("false true null null null null false false");
    assertThat(right("0003")).isEqualTo("true true null null true null true true");
    assertThat(right("0004")).isEqualTo("true true false null false null true false");
    assertThat(summary.at("/statuses/pixels/scored").asInt()).isEqualTo(6);
    assertThat(summary.at("/scores/0/model").asText()).isEqualTo("renderer");
    assertThat(summary.at("/scores/0/categories/shape/images").asInt()).isEqualTo(5);
    assertThat(summary.at("/accuracies/0/kind").asText()).isEqualTo("single objects");
    assertThat(summary.at("/accuracies/0/right/position/part").asInt()).isEqualTo(1);
    assertThat(summary.at("/accuracies/0/right/position/of").asInt()).isEqualTo(2);
  }

  /**
   * A relation that does not hold leaves the detections' halves, or nothing where they are short.
   */
  private double confidence() {
    double whole = scores().get("0000 spatial");
    return whole - 0.5 >= 0.5 ? 1 : 0;
  }

  @Test
  void trueRendersAreRightAndRowsDoNotDependOnPartitions() throws IOException {
    GeneratedImages images = new GeneratedImages();
    SceneWorld world = new SceneWorld(71);
    for (int index = 0; index < 40; index++) {
      Scene scene = world.scene(index);
      images.with("", SceneDescription.of(scene), RENDERER.png(scene));
    }
    images.save(folder.resolve("images"));

    JsonNode summary = run();
    List<Row> first = rows();
    TestSpark.session()
        .read()
        .format("delta")
        .load(folder.resolve("images").toString())
        .repartition(7)
        .write()
        .format("delta")
        .mode("overwrite")
        .save(folder.resolve("images").toString());
    run();

    assertThat(rows()).isEqualTo(first);
    for (JsonNode accuracy : summary.get("accuracies")) {
      assertThat(accuracy.at("/right/all/part")).isEqualTo(accuracy.at("/right/all/of"));
    }
    for (String category : List.of("color", "shape", "texture", "numeracy")) {
      assertThat(summary.at("/scores/0/categories/" + category + "/score").asDouble())
          .as(category)
          .isEqualTo(1);
    }
    assertThat(summary.at("/scores/0/categories/spatial/score").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void whatCannotBeScoredIsCountedAndNamed() throws IOException {
    GeneratedImages images =
        new GeneratedImages()
            .with("t2i_compbench_color.txt", "a green bench and a red car", PAIR)
            .with("", "a red circle", "no image".getBytes(StandardCharsets.UTF_8))
            .with("", "a red circle", Arrays.copyOf(PAIR, PAIR.length / 2))
            .with("", "a red circle", TestImages.png(1));
    Map<GeneratedColumn, Object> failed = images.add("", "a red circle");
    failed.put(GeneratedColumn.STATUS, "failed");
    failed.put(GeneratedColumn.ERROR_MESSAGE, "not a number in the latent");
    images.add("", "a red circle").put(GeneratedColumn.PAYLOAD, payload());
    images.add("", "a red circle").put(GeneratedColumn.PAYLOAD, new byte[] {1, 2, 3});
    images.save(folder.resolve("images"));

    JsonNode summary = run();

    JsonNode statuses = summary.at("/statuses/pixels");
    assertThat(statuses.get("scored").asInt()).isEqualTo(1);
    assertThat(statuses.get("unreadable").asInt()).isEqualTo(3);
    assertThat(statuses.get("no_image").asInt()).isEqualTo(1);
    assertThat(statuses.get("not_applicable").asInt()).isEqualTo(2);
    assertThat(scores()).containsEntry("0005 color", 1.0).hasSize(2);
    assertThat(rows().stream().filter(row -> row.getString(0).equals("0004")))
        .allMatch(row -> row.<String>getAs("error_message").contains("not a number"))
        .isNotEmpty();
    assertThat(rows().stream().filter(row -> row.getString(0).equals("0000")))
        .allMatch(row -> row.<String>getAs("error_message").contains("no scene prompt"))
        .hasSize(1);
  }

  @Test
  void theTinyModelDescribesAndIsComparedWithThePixels() throws IOException {
    GeneratedImages images = new GeneratedImages();
    SceneWorld world = new SceneWorld(72);
    for (int index = 0; index < 6; index++) {
      Scene scene = world.scene(index);
      images.with("", SceneDescription.of(scene), RENDERER.png(scene));
    }
    images.with("", "a green bench", PAIR).add("", "a red circle");
    images.save(folder.resolve("images"));

    JsonNode summary = run("--judge", "pixels,llava");

    assertThat(summary.at("/statuses/llava/scored").asInt()).isEqualTo(6);
    assertThat(summary.at("/statuses/llava/not_applicable").asInt()).isEqualTo(1);
    assertThat(summary.at("/statuses/llava/no_image").asInt()).isEqualTo(1);
    assertThat(summary.at("/agreement/shape/of").asInt()).isEqualTo(6);
    assertThat(summary.at("/agreement/shape/part").asInt()).isGreaterThanOrEqualTo(4);
    assertThat(rows().stream().filter(row -> row.<String>getAs("judge").equals("llava")))
        .anyMatch(row -> row.<String>getAs("seen").startsWith("The image features"));
  }

  @Test
  void aModelCanBeAskedForEachNounPhrase() throws IOException {
    new GeneratedImages()
        .with("t2i_compbench_color.txt", "a green bench and a red car", PAIR)
        .with("mine", "a dog on a leash", PAIR)
        .with("unknown", "a dog on a leash", PAIR)
        .save(folder.resolve("images"));

    JsonNode summary = run("--judge=llava", "--questions=yes_no", "--category-of=mine=non_spatial");

    assertThat(summary.at("/statuses/llava/scored").asInt()).isEqualTo(2);
    assertThat(summary.at("/statuses/llava/not_applicable").asInt()).isEqualTo(1);
    assertThat(scores()).containsKeys("0000 color", "0001 non_spatial").hasSize(2);
    assertThat(rows().get(0).<String>getAs("asked"))
        .contains("Is there a green bench in this image?")
        .contains("Is there a red car in this image?");
  }

  @Test
  void badOptionsAreReportedTogether() {
    Shell shell =
        Shell.run(
            "score",
            "--input=images",
            "--output=scores",
            "--judge=eyes",
            "--questions=none",
            "--category-of=mine=beauty",
            "--gpus-per-task=-1");

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err())
        .contains("'eyes' is not one of pixels, llava")
        .contains("'none' is not one of describe, yes_no")
        .contains("--category-of mine=beauty names no category")
        .contains("--gpus-per-task");
  }

  @Test
  void aTableWithoutImagesIsRefused() throws IOException {
    Path csv = Files.writeString(folder.resolve("prompts.csv"), "id,prompt\n1,a red circle\n");

    Shell shell = Shell.run("score", "--input", csv.toString(), "--output", folder + "/scores");

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err()).contains("neither a column image");
    assertThat(folder.resolve("scores")).doesNotExist();
  }

  private JsonNode run(String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "score",
                "--json",
                "--input",
                folder.resolve("images").toString(),
                "--output",
                folder.resolve("scores").toString()));
    args.addAll(List.of(more));
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err()).isZero();
    return new ObjectMapper().readTree(shell.out());
  }

  private List<Row> rows() {
    return TestSpark.table(folder.resolve("scores"))
        .orderBy("key", "judge", "category")
        .collectAsList();
  }

  /** The scores by key and category. */
  private Map<String, Double> scores() {
    Map<String, Double> scores = new TreeMap<>();
    for (Row row : rows()) {
      if (row.getAs("score") != null) {
        scores.put(row.getAs("key") + " " + row.getAs("category"), row.<Double>getAs("score"));
      }
    }
    return scores;
  }

  /** Colour, shape, texture, size, position, relation, count, all. */
  private String right(String key) {
    Row row =
        rows().stream().filter(each -> each.getString(0).equals(key)).findFirst().orElseThrow();
    List<String> right = new ArrayList<>();
    for (String what :
        List.of("color", "shape", "texture", "size", "position", "relation", "count", "all")) {
      right.add(String.valueOf(row.<Boolean>getAs(what + "_right")));
    }
    return String.join(" ", right);
  }

  private static Group one(Hue hue, Silhouette silhouette, int x, int y) {
    return new Group(
        new Look(Magnitude.MEDIUM, Texture.SOLID, hue, silhouette), List.of(new Place(x, y)));
  }

  private static Scene scene(Group... groups) {
    Layout layout = groups.length == 1 ? Layout.ALONE : Layout.LEFT_TO_RIGHT;
    return new Scene(0, 0, Ground.MINT, Style.FLAT, layout, List.of(groups));
  }

  private static byte[] payload() {
    BufferedImage image = RENDERER.image(scene(RED_CIRCLE));
    byte[] samples = new byte[3 * 128 * 128];
    for (int pixel = 0; pixel < 128 * 128; pixel++) {
      int rgb = image.getRGB(pixel % 128, pixel / 128);
      samples[3 * pixel] = (byte) (rgb >> 16);
      samples[3 * pixel + 1] = (byte) (rgb >> 8);
      samples[3 * pixel + 2] = (byte) rgb;
    }
    return new IFlowCodec(Profile.FAST).encode(new RasterImage(128, 128, 3, 8, samples));
  }
}
