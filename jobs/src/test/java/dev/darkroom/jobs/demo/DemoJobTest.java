package dev.darkroom.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoJobTest {
  @TempDir private Path temp;

  @Test
  void everyPixelComesBackAndTheWholeIsSmallerThanPng() throws IOException {
    Path output = temp.resolve("demo");

    Shell shell = Shell.run("demo", "--json", "--output", output.toString());

    assertThat(shell.status()).as(shell.err()).isZero();
    JsonNode summary = new ObjectMapper().readTree(shell.out());
    assertThat(summary.get("differing").asLong()).isZero();
    assertThat(summary.get("sizes")).hasSize(Drawings.all().size());
    long png = 0;
    long payload = 0;
    for (JsonNode size : summary.get("sizes")) {
      png += size.get("png_bytes").asLong();
      payload += size.get("payload_bytes").asLong();
      assertThat(size.get("payload_bytes").asLong())
          .isLessThanOrEqualTo(size.get("png_bytes").asLong());
    }
    assertThat(payload).isLessThan(png * 7 / 10);
    assertThat(summary.get("uncaptioned").asLong()).isZero();
    JsonNode scenes = summary.get("scenes");
    assertThat(scenes.get("recaptioned"))
        .hasSize(64)
        .allMatch(scene -> scene.get("caption").asText().startsWith("The image features"))
        .allMatch(scene -> !scene.get("raw").asText().isBlank());
    assertThat(scenes.get("nouns")).hasSize(2);
    assertThat(scenes.get("nouns").get(0).get("caption_column").asText()).isEqualTo("caption");
    assertThat(scenes.get("nouns").get(0).get("average_nouns").asDouble())
        .isGreaterThan(2 * scenes.get("nouns").get(1).get("average_nouns").asDouble());
    assertThat(Path.of(scenes.get("report").asText()))
        .content()
        .contains("data:image/jpeg;base64,")
        .contains("The image features")
        .doesNotContain("No picture");
  }

  @Test
  void foldersOfOthersAreNotTouched() throws IOException {
    Path mine = Files.createDirectories(temp.resolve("images"));
    Files.writeString(mine.resolve("precious"), "mine");

    Shell shell = Shell.run("demo", "--output", temp.toString());

    assertThat(shell.status()).isEqualTo(2);
    assertThat(mine.resolve("precious")).hasContent("mine");
  }

  @Test
  void drawingsAreAlwaysTheSame() {
    Drawing first = Drawings.all().get(4);
    Drawing second = Drawings.all().get(4);

    assertThat(((DataBufferInt) first.image().getRaster().getDataBuffer()).getData())
        .isEqualTo(((DataBufferInt) second.image().getRaster().getDataBuffer()).getData());
  }
}
