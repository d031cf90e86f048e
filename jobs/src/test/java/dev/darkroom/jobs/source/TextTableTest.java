package dev.darkroom.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTableTest {
  @TempDir private Path temp;

  private final SparkSession spark = TestSpark.session();

  @Test
  void everyFormatIsFoundOut() throws IOException {
    Dataset<Row> rows =
        spark
            .createDataset(List.of("a cat", "a \"dog\",\nbarking"), Encoders.STRING())
            .toDF("caption");
    rows.write().parquet(temp + "/parquet");
    rows.write().format("delta").save(temp + "/delta");
    rows.write().json(temp + "/json");
    rows.write().option("header", true).option("escape", "\"").csv(temp + "/csv");
    write(
        "array.json",
        "\uFEFF \n[{\"caption\": \"a cat\"},\n {\"caption\": \"a \\\"dog\\\",\\nbarking\"}]");
    write("lines.jsonl", "{\"caption\": \"a cat\"}\n{\"caption\": \"a \\\"dog\\\",\\nbarking\"}\n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(temp.resolve("packed.json.gz")))) {
      out.write(Files.readAllBytes(temp.resolve("array.json")));
    }

    for (String name :
        List.of(
            "parquet",
            "delta",
            "json",
            "csv",
            "array.json",
            "lines.jsonl",
            "packed.json.gz",
            "parquet/*.parquet")) {
      assertThat(texts(name, "caption"))
          .as(name)
          .containsExactlyInAnyOrder("a cat", "a \"dog\",\nbarking");
    }
  }

  @Test
  void columnsMayBeFieldsAndHaveOddNames() throws IOException {
    write("odd.jsonl", "{\"a.b\": \"whole\", \"image\": {\"alt text\": \"inside\"}, \"n\": 3}\n");
    TextTable table = open("odd.jsonl");

    assertThat(texts("odd.jsonl", "a.b")).containsExactly("whole");
    assertThat(texts("odd.jsonl", "image.alt text")).containsExactly("inside");
    assertThatThrownBy(() -> table.text("image.nothing"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no column 'image.nothing'; it has a.b, image, n");
    assertThatThrownBy(() -> table.text("n"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds bigint and not text");
    assertThat(table.rows().select(table.column("n")).head().getLong(0)).isEqualTo(3);
  }

  @Test
  void aBrokenLineIsARowWithoutText() throws IOException {
    write("broken.jsonl", "{\"caption\": \"a cat\"}\n{\"caption\": \n{\"caption\": null}\n");

    assertThat(open("broken.jsonl").columns()).containsExactly("caption");
    assertThat(texts("broken.jsonl", "caption")).containsExactly("a cat", null, null);
  }

  @Test
  void whatIsNoTableIsRefused() throws IOException {
    write("mixed/a.json", "{}");
    write("mixed/b.csv", "caption\n");
    write("notes/readme.md", "text");
    write("fake.parquet", "no parquet");

    assertRefused("nowhere.json", "does not exist");
    assertRefused("mixed", "several formats (a.json, b.csv)");
    assertRefused("notes", "is no table");
    assertRefused("fake.parquet", "can't be read as a table");
  }

  private void assertRefused(String name, String reason) {
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("input '")
        .hasMessageContaining(reason);
  }

  private void write(String name, String text) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private TextTable open(String name) {
    return TextTable.open(spark, "input", temp.resolve(name).toString());
  }

  private List<String> texts(String name, String column) {
    TextTable table = open(name);
    return table.rows().select(table.text(column)).as(Encoders.STRING()).collectAsList();
  }
}
