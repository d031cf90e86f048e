package dev.darkroom.jobs.recaption;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.fixtures.CaptionServer;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecaptionSourcesTest {
  @TempDir private Path temp;

  private final CaptionServer server = CaptionServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void samplesOfTars() throws IOException {
    Path shards = Files.createDirectory(temp.resolve("shards"));
    byte[] first = tar(0, 6);
    Files.write(shards.resolve("00000.tar"), first);
    Files.write(shards.resolve("00001.tar"), tar(6, 4));
    byte[] cut = tar(10, 4);
    Files.write(shards.resolve("00002.tar"), Arrays.copyOf(cut, cut.length / 2));
    Files.writeString(shards.resolve("00000_stats.json"), "{}");
    Recaptions job = new Recaptions(shards, temp.resolve("captions"));

    JsonNode summary = job.run("--endpoint", server.url(), "--prompt=grounded", "--chunk=4");

    long readable = job.rows().stream().filter(row -> row.getAs("caption") != null).count();
    assertThat(readable).isBetween(11L, 13L);
    assertThat(summary.get("failures").get("UNREADABLE").asLong()).isEqualTo(1);
    Row row = job.rows().get(0);
    assertThat(row.<String>getAs("source_path"))
        .isEqualTo("file:%s/00000.tar#000000.png".formatted(shards));
    assertThat(row.<String>getAs("relative_path")).isEqualTo("00000/000000.png");
    assertThat(row.<String>getAs("raw_caption")).isEqualTo("text 0");
    assertThat(row.<String>getAs("caption")).contains("'text 0'");
    assertThat(job.rows().get(1).<String>getAs("raw_caption")).isEqualTo("json 1");
    assertThat(job.rows().get(2).<String>getAs("raw_caption")).isNull();
    assertThat(job.rows().get(2).<Boolean>getAs("ungrounded")).isTrue();

    // Again: only the damaged tar is tried. Mended, its samples come and its failure goes.
    int asked = server.asked().size();
    job.run("--endpoint", server.url(), "--prompt=grounded", "--chunk=4");
    assertThat(server.asked()).hasSize(asked);
    Files.write(shards.resolve("00002.tar"), cut);
    job.run("--endpoint", server.url(), "--prompt=grounded", "--chunk=4");
    assertThat(job.rows()).hasSize(14).allMatch(r -> r.<String>getAs("status").equals("ok"));

    Recaptions few = new Recaptions(shards, temp.resolve("few"));
    assertThat(few.run("--endpoint", server.url(), "--limit=8").get("images").asLong())
        .isEqualTo(8);
    assertThat(few.column("relative_path")).endsWith("00001/000007.png");
    Recaptions chosen = new Recaptions(shards, temp.resolve("chosen"));
    chosen.run("--endpoint", server.url(), "--where", "raw_caption like 'json%'");
    assertThat(chosen.column("raw_caption")).hasSize(5).allMatch(raw -> raw.startsWith("json"));
  }

  @Test
  void tablesOfUrlsAndPathsInTheLayoutOfLaion() throws IOException {
    Files.createDirectory(temp.resolve("pictures"));
    Files.write(temp.resolve("pictures/b.png"), TestImages.png(2));
    Path table = temp.resolve("laion.parquet");
    write(
        table,
        RowFactory.create(server.serve("a.png", TestImages.png(1)), "a web caption"),
        RowFactory.create(server.serve("a.png", TestImages.png(1)) + ".gone", "nothing"),
        RowFactory.create("pictures/b.png", null),
        RowFactory.create(temp.resolve("pictures/none.png").toString(), "missing"),
        RowFactory.create(null, "nameless"));
    Recaptions job = new Recaptions(table, temp.resolve("captions"));

    JsonNode summary = job.run("--endpoint", server.url(), "--prompt=grounded");

    assertThat(summary.get("images").asLong()).isEqualTo(5);
    assertThat(summary.get("ok").asLong()).isEqualTo(2);
    assertThat(summary.get("ungrounded").asLong()).isEqualTo(1);
    assertThat(summary.get("failures").get("MISSING").asLong()).isEqualTo(3);
    List<Row> rows = job.rows();
    assertThat(rows)
        .anyMatch(
            row ->
                row.<String>getAs("source_path").equals(temp + "/pictures/b.png")
                    && row.<String>getAs("status").equals("ok"))
        .anyMatch(
            row ->
                row.<String>getAs("source_path").endsWith("/a.png")
                    && row.<String>getAs("caption").contains("'a web caption'"));
    assertThat(job.run("--endpoint", server.url(), "--prompt=grounded").get("skipped").asLong())
        .isEqualTo(2);
    assertThat(
            new Recaptions(table, temp.resolve("one"))
                .run("--endpoint", server.url(), "--where", "TEXT = 'a web caption'")
                .get("images")
                .asLong())
        .isEqualTo(1);
  }

  @Test
  void rowsNameOnlyFilesThatMayBeRead() throws IOException {
    Files.createDirectory(temp.resolve("lake"));
    Files.createDirectory(temp.resolve("elsewhere"));
    Files.write(temp.resolve("elsewhere/b.png"), TestImages.png(2));
    Path table = temp.resolve("lake/t.parquet");
    write(table, RowFactory.create("../elsewhere/b.png", "a caption"));
    Recaptions job = new Recaptions(table, temp.resolve("captions"));

    JsonNode refused = job.run("--endpoint", server.url());

    assertThat(refused.get("failures").get("NOT_ALLOWED").asLong()).isEqualTo(1);
    assertThat(job.rows().get(0).<String>getAs("error_message")).contains("--allow");
    assertThat(
            job.run("--endpoint", server.url(), "--allow", temp + "/elsewhere").get("ok").asLong())
        .isEqualTo(1);
    Shell wrong = job.shell("--endpoint", server.url(), "--allow=");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("--allow '' is no path");
  }

  @Test
  void tablesOfBytes() throws IOException {
    Path images = Files.createDirectory(temp.resolve("images"));
    TestImages.write(images, 5);
    Path delta = temp.resolve("delta");
    TestSpark.session()
        .read()
        .format("binaryFile")
        .load(images.toString())
        .select(
            struct(col("content").as("bytes"), col("path").as("path")).as("image"),
            col("length").cast("string").as("text"))
        .write()
        .format("delta")
        .save(delta.toString());
    Recaptions job = new Recaptions(delta, temp.resolve("captions"));

    assertThat(job.run("--endpoint", server.url(), "--limit=3").get("ok").asLong()).isEqualTo(3);
    assertThat(job.run("--endpoint", server.url()).get("ok").asLong()).isEqualTo(2);
    assertThat(job.run("--endpoint", server.url()).get("skipped").asLong()).isEqualTo(5);
    assertThat(job.rows())
        .allMatch(row -> row.<String>getAs("raw_caption").equals("" + row.<Long>getAs("file_size")))
        .allMatch(row -> row.<String>getAs("source_path").endsWith(".png"));

    Path other = temp.resolve("other.parquet");
    TestSpark.session().range(3).write().parquet(other.toString());
    Shell unknown = new Recaptions(other, temp.resolve("none")).shell("--endpoint", server.url());
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("id").contains("--bytes-column");
    Shell wrong =
        new Recaptions(delta, temp.resolve("none"))
            .shell("--endpoint", server.url(), "--bytes-column=text");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("column 'text'").contains("--bytes-column");
  }

  private static void write(Path table, Row... rows) {
    StructType schema =
        new StructType().add("URL", DataTypes.StringType).add("TEXT", DataTypes.StringType);
    TestSpark.session()
        .createDataFrame(new ArrayList<>(List.of(rows)), schema)
        .write()
        .parquet(table.toString());
  }

  /** Samples with a text, a JSON, and no caption in turn. */
  private static byte[] tar(int first, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (int i = first; i < first + count; i++) {
        String key = "%06d".formatted(i);
        add(tar, key + ".png", TestImages.png(i));
        if (i % 3 == 0) {
          add(tar, key + ".txt", ("text " + i + "\n").getBytes(StandardCharsets.UTF_8));
          add(tar, key + ".json", "{\"caption\":\"not this\"}".getBytes(StandardCharsets.UTF_8));
        } else if (i % 3 == 1) {
          add(
              tar,
              key + ".json",
              ("{\"caption\":\"json " + i + "\"}").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
