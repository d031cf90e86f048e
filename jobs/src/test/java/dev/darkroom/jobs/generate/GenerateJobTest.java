package dev.darkroom.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.table.GeneratedPicture;
import dev.darkroom.models.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateJobTest {
  private static final String[] PROMPTS = {
    "a red circle in the top left corner", "a blue square", "a green star above a white ring"
  };

  @TempDir private Path temp;

  @Test
  void imagesAreTheSameHoweverTheyAreSpread() throws IOException {
    Generations wide = Generations.of(temp, PROMPTS);
    JsonNode summary = wide.run("--seeds=0..2", "--guidance=1,3");
    Generations narrow = wide.into(temp.resolve("narrow"));
    narrow.run("--seeds=0..2", "--guidance=1,3", "--batch-size=1", "--chunk=5");

    assertThat(summary.get("drawn").asInt()).isEqualTo(3 * 3 * 2);
    assertThat(wide.hashes()).hasSize(18).isEqualTo(narrow.hashes());
    assertThat(wide.hashes().values()).doesNotHaveDuplicates();
    assertThat(wide.versions()).isEqualTo(1);
    assertThat(narrow.versions()).as("chunks of five").isEqualTo(4);
  }

  @Test
  void aRowTellsHowItsImageCameAbout() throws IOException {
    Generations job = Generations.of(temp, PROMPTS[0]);
    job.run("--seeds=7", "--negative=a blue star", "--style=pixel-art");

    Row row = job.rows().get(0);
    assertThat(row.<String>getAs("prompt_set")).isEqualTo("scenes");
    assertThat(row.<String>getAs("prompt")).isEqualTo(PROMPTS[0]);
    assertThat(row.<String>getAs("final_prompt")).isEqualTo("Pixel art of " + PROMPTS[0]);
    assertThat(row.<Long>getAs("seed")).isEqualTo(7);
    assertThat(row.<Integer>getAs("step")).isEqualTo(4);
    assertThat(row.<String>getAs("sampler")).isEqualTo("flow_match_euler");
    assertThat(row.<String>getAs("status")).isEqualTo("ok");
    byte[] png = row.getAs("image");
    assertThat(row.<String>getAs("image_sha256")).isEqualTo(Sha256.of(png));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(row.<Integer>getAs("width")).isEqualTo(48);
    assertThat(row.<String>getAs("pixel_sha256")).isEqualTo(Sha256.of(rgb(image)));

    String parameters = text(png, "parameters");
    assertThat(parameters)
        .startsWith("Pixel art of " + PROMPTS[0] + "\nNegative prompt: a blue star\nSteps: 4,")
        .contains("Seed: 7", "Size: 48x48");
    JsonNode statement = new ObjectMapper().readTree(text(png, "provenance"));
    assertThat(statement.at("/assertions/0/data/actions/0/action").asText())
        .isEqualTo("c2pa.created");
    assertThat(statement.at("/assertions/1/data/hash").asText())
        .isEqualTo(row.<String>getAs("pixel_sha256"));
    assertThat(statement.get("signature").asText()).isEqualTo("none");
  }

  @Test
  void aSecondRunDrawsWhatIsNew() throws IOException {
    Generations job = Generations.of(temp, PROMPTS);
    job.run("--seeds=0..1");
    long versions = job.versions();

    JsonNode again = job.run("--seeds=0..1");
    assertThat(again.get("skipped").asInt()).isEqualTo(6);
    assertThat(again.get("drawn").asInt()).isZero();
    assertThat(job.versions()).isEqualTo(versions);

    JsonNode more = job.run("--seeds=1..2");
    assertThat(more.get("skipped").asInt()).isEqualTo(3);
    assertThat(more.get("drawn").asInt()).isEqualTo(3);
    assertThat(job.rows()).hasSize(9);
  }

  @Test
  void aPromptThatIsEmptyIsARowWithAnErrorAndTriedAgain() throws IOException {
    Generations job = Generations.of(temp, "a red heart", " ", "word ".repeat(2000));
    JsonNode summary = job.run();

    assertThat(summary.get("drawn").asInt()).isEqualTo(2);
    assertThat(summary.get("truncated").asInt()).isEqualTo(1);
    assertThat(summary.at("/failures/EMPTY_PROMPT").asInt()).isEqualTo(1);
    Row empty = TestSpark.table(job.output()).filter("status = 'failed'").head();
    assertThat(empty.<String>getAs("error_message")).contains("leave such rows out");

    assertThat(job.run("--keep-failed").get("failed").asInt()).isZero();
    assertThat(job.run().get("failed").asInt()).isEqualTo(1);
    Row again = TestSpark.table(job.output()).filter("status = 'failed'").head();
    assertThat(again.<Integer>getAs("attempt")).isEqualTo(2);
  }

  @Test
  void compressedImagesAreTheSamePixels() throws IOException {
    Generations plain = Generations.of(temp, PROMPTS);
    plain.run();
    Generations coded = plain.into(temp.resolve("coded"));
    coded.run("--compress");

    assertThat(coded.hashes()).isEqualTo(plain.hashes());
    assertThat(TestSpark.table(coded.output()).filter("payload is not null").count()).isPositive();
    for (Row row : coded.rows()) {
      assertThat(Sha256.of(rgb(GeneratedPicture.of(row))))
          .isEqualTo(row.<String>getAs("pixel_sha256"));
    }
  }

  @Test
  void contactSheetsShowEachPromptsImages() throws IOException {
    Generations job = Generations.of(temp, PROMPTS[0], PROMPTS[1]);
    assertThat(job.run("--seeds=0..4", "--grid").get("sheets").asInt()).isEqualTo(2);

    try (Stream<Path> files = Files.list(temp.resolve("images.grid"))) {
      List<Path> sheets = files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
      assertThat(sheets).hasSize(2);
      assertThat(sheets.get(0).getFileName().toString()).startsWith("a-blue-square-");
      BufferedImage sheet = ImageIO.read(sheets.get(0).toFile());
      assertThat(sheet.getWidth()).isEqualTo(3 * 50 - 2);
      assertThat(sheet.getHeight()).isEqualTo(2 * 50 - 2);
      BufferedImage first = GeneratedPicture.of(job.rows().get(0));
      assertThat(sheet.getSubimage(0, 0, 48, 48).getRGB(0, 0, 48, 48, null, 0, 48))
          .isEqualTo(first.getRGB(0, 0, 48, 48, null, 0, 48));
    }
  }

  @Test
  void whatTheModelCannotDoIsRefusedAltogether() throws IOException {
    Shell refused = Generations.of(temp, PROMPTS).shell("--size=65,128", "--scheduler=ddpm");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("65 x 65").contains("128 x 128");
    assertThat(temp.resolve("images")).doesNotExist();

    Shell noModel = Generations.of(temp, PROMPTS).shell("--model", temp.toString());
    assertThat(noModel.status()).isEqualTo(2);
    assertThat(noModel.err()).contains("model_index.json");

    Shell wrongHash = Generations.of(temp, PROMPTS).shell("--model-sha256", "0".repeat(64));
    assertThat(wrongHash.status()).isEqualTo(2);
    assertThat(wrongHash.err()).contains("was asked for");
  }

  @Test
  void allBadOptionsAreNamedAtOnce() throws IOException {
    Shell refused =
        Generations.of(temp, PROMPTS).shell("--guidance=0.5", "--chunk=0", "--batch-size=0");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("--guidance").contains("--chunk").contains("--batch-size");
  }

  private static byte[] rgb(BufferedImage image) {
    byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
    for (int i = 0; i < rgb.length / 3; i++) {
      int pixel = image.getRGB(i % image.getWidth(), Math.floorDiv(i, image.getWidth()));
      rgb[3 * i] = (byte) (pixel >> 16);
      rgb[3 * i + 1] = (byte) (pixel >> 8);
      rgb[3 * i + 2] = (byte) pixel;
    }
    return rgb;
  }

  /** The text of an iTXt chunk, found without the writer's own reader. */
  private static String text(byte[] png, String keyword) {
    String all = new String(png, StandardCharsets.ISO_8859_1);
    int chunk = all.indexOf("iTXt" + keyword + "\0");
    assertThat(chunk).as(keyword).isPositive();
    int length =
        (png[chunk - 4] & 0xFF) << 24
            | (png[chunk - 3] & 0xFF) << 16
            | (png[chunk - 2] & 0xFF) << 8
            | png[chunk - 1] & 0xFF;
    int start = chunk + "iTXt".length() + keyword.length() + 5;
    return new String(png, start, length - keyword.length() - 5, StandardCharsets.UTF_8);
  }
}
