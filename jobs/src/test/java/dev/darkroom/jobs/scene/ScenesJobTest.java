package dev.darkroom.jobs.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenesJobTest {
  @TempDir private Path temp;

  @Test
  void theTableHoldsEveryScene() throws IOException {
    Path output = temp.resolve("scenes");

    Shell shell =
        Shell.run("scenes", "--json", "--count=25", "--seed=4", "--size=256", "--output=" + output);

    assertThat(shell.status()).as(shell.err()).isZero();
    JsonNode summary = new ObjectMapper().readTree(shell.out());
    List<Row> rows =
        TestSpark.session().read().parquet(output.toString()).orderBy("id").collectAsList();
    assertThat(rows).hasSize(25);
    long bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Scene scene = new SceneWorld(4).scene(i);
      byte[] png = row.getAs("image");
      bytes += png.length;
      assertThat(row.<String>getAs("id")).isEqualTo(scene.id());
      assertThat(png).isEqualTo(new SceneRenderer(256).png(scene));
      assertThat(row.<Integer>getAs("width")).isEqualTo(256);
      assertThat(row.<Integer>getAs("height")).isEqualTo(256);
      assertThat(row.<String>getAs("truth")).isEqualTo(SceneTruth.json(scene, 256));
      assertThat(row.<String>getAs("description")).isEqualTo(SceneDescription.of(scene));
      assertThat(row.<String>getAs("caption")).isEqualTo(WebCaption.of(scene));
      assertThat(row.<String>getAs("prompt")).isEqualTo(ScenePrompt.of(scene));
    }
    assertThat(summary.get("scenes").asLong()).isEqualTo(25);
    assertThat(summary.get("image_bytes").asLong()).isEqualTo(bytes);
  }

  @Test
  void whatIsThereIsNotTouched() throws IOException {
    Path output = Files.createDirectory(temp.resolve("scenes"));
    Files.writeString(output.resolve("precious"), "mine");

    Shell shell = Shell.run("scenes", "--count=2", "--output=" + output);

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err()).contains("is there already");
    assertThat(output.resolve("precious")).hasContent("mine");
  }

  @Test
  void badOptionsAreNamedTogether() {
    Shell shell = Shell.run("scenes", "--count=0", "--size=200", "--output=");

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err())
        .contains("--count must be 1 to")
        .contains("--size must be a multiple of 128, not 200")
        .contains("--output must not be empty");
  }
}
