package dev.darkroom.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.Sha256;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePlansTest {
  private static final Chunking CHUNKING = new Chunking(1000, Chunking.BYTES, 16, 1);
  private static final StructType LATEST =
      new StructType()
          .add("source_path", DataTypes.StringType)
          .add("known_size", DataTypes.LongType)
          .add("known_time", DataTypes.TimestampType)
          .add("known_sha256", DataTypes.StringType)
          .add("known_failed", DataTypes.BooleanType)
          .add("known_file", DataTypes.BooleanType);

  private static final StructType PATHS = new StructType().add("source_path", DataTypes.StringType);

  @TempDir private Path temp;

  private final SparkSession spark = TestSpark.session();

  @Test
  void theWholeFolderSaysWhatItIs() throws IOException {
    write("tars/a.tar", "");
    write("tars/sub/b.tgz", "");
    write("tars/.hidden", "");
    write("mixed/backup.tar", "");
    write("mixed/z/photo.png", "");
    write("stray/a.parquet", "");
    write("stray/photo.png", "");
    write("parquet/_SUCCESS", "");
    write("parquet/year=2024/a.parquet", "");
    write("beside/a.parquet", "");
    write("beside/_b.png", "");
    write("nested/plain/a.parquet", "");
    write("delta/_delta_log/0.json", "");

    assertThat(open("tars", Reading.MEMBERS)).isInstanceOf(TarSource.class);
    assertThat(open("mixed", Reading.MEMBERS)).isInstanceOf(FileSource.class);
    assertThat(open("mixed", Reading.SAMPLES)).isInstanceOf(TarSource.class);
    assertThat(open("stray", Reading.MEMBERS)).isInstanceOf(FileSource.class);
    assertThat(open("parquet", Reading.MEMBERS)).isInstanceOf(TableSource.class);
    assertThat(open("beside", Reading.MEMBERS)).isInstanceOf(FileSource.class);
    assertThat(open("nested", Reading.MEMBERS)).isInstanceOf(FileSource.class);
    assertThat(open("delta", Reading.MEMBERS)).isInstanceOf(TableSource.class);
  }

  @Test
  void tarsAreCountedAndWhatLiesBesideThemIsListed() throws IOException {
    Files.createDirectories(temp.resolve("in"));
    new TarFiles().file("a.png", "a").file("a.txt", "b").write(temp.resolve("in/a.tar"));
    byte[] whole = new TarFiles().file("c.png", "c").file("d.png", "d").bytes();
    Files.write(temp.resolve("in/b.tar"), Arrays.copyOf(whole, 1024 + 512 + 10));
    write("in/notes.txt", "notes");

    SourcePlan plan =
        new TarSource(in(), new Configuration(false), Slice.ALL, 1000, Reading.MEMBERS)
            .plan(spark, Archived.nothing(), CHUNKING);

    assertThat(plan.listed()).isEqualTo(6);
    assertThat(plan.pending()).isEqualTo(6);
    assertThat(rows(plan))
        .extracting(Candidate::relativePath)
        .containsExactlyInAnyOrder(
            "a/a.png", "a/a.txt", "b/c.png", "b/d.png", "b.tar", "notes.txt");
  }

  @Test
  void chunksAreOfFewImagesAndFewBytes() throws IOException {
    for (int i = 0; i < 10; i++) {
      write("in/%d.bin".formatted(i), "x".repeat(100));
    }
    write("in/big.bin", "x".repeat(1000));
    TarFiles tar = new TarFiles();
    for (int i = 0; i < 10; i++) {
      tar.file(i + ".bin", "x".repeat(100));
    }
    Files.createDirectory(temp.resolve("tars"));
    tar.write(temp.resolve("tars/t.tar"));

    SourcePlan files = plan(Archived.nothing(), new Chunking(4, 350, 16, 1));
    SourcePlan tars =
        new TarSource(temp + "/tars", new Configuration(false), Slice.ALL, 1000, Reading.MEMBERS)
            .plan(spark, Archived.nothing(), new Chunking(4, 350, 16, 1));

    assertThat(files.chunks()).extracting(SourceChunk::images).containsExactly(3L, 3L, 3L, 1L, 1L);
    assertThat(files.chunks().get(4).candidates(spark).head().<String>getAs("relative_path"))
        .isEqualTo("big.bin");
    assertThat(tars.chunks()).allMatch(chunk -> chunk.images() <= 3);
    assertThat(tars.pending()).isEqualTo(10);
    assertThat(rows(tars)).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tar"})
  void aChunkFindsItsRowsWhicheverWayItsPathsAreOrdered(String kind) throws IOException {
    // By UTF-16 the first of these comes before the second, and by UTF-8 behind it.
    List<String> names = List.of("\uD83D\uDE00." + kind, "\uFF01." + kind);
    for (String name : names) {
      write("names/" + name, "");
    }
    SourceChunk chunk =
        open("names", Reading.SAMPLES).plan(spark, Archived.nothing(), CHUNKING).chunks().get(0);
    List<Row> rows =
        names.stream()
            .map(name -> RowFactory.create("file:%s/names/%s".formatted(temp, name)))
            .toList();

    assertThat(chunk.among(spark.createDataFrame(rows, PATHS)).count()).isEqualTo(2);
  }

  @Test
  void aPackedTarIsUnpackedForFewChunksAndForAllCoresAtOnce() throws IOException {
    TarFiles tar = new TarFiles();
    for (int i = 0; i < 100; i++) {
      tar.file(i + ".bin", "x".repeat(100));
    }
    Files.createDirectory(temp.resolve("tars"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(temp.resolve("tars/t.tgz")))) {
      out.write(tar.bytes());
    }

    SourcePlan plan =
        new TarSource(temp + "/tars", new Configuration(false), Slice.ALL, 1000, Reading.MEMBERS)
            .plan(TestSpark.session(), Archived.nothing(), new Chunking(3, 1 << 20, 16, 1));

    int cores = TestSpark.session().sparkContext().defaultParallelism();
    assertThat(plan.chunks()).hasSizeBetween(2, 8);
    assertThat(plan.chunks())
        .allSatisfy(
            chunk ->
                assertThat(chunk.candidates(TestSpark.session()).javaRDD().getNumPartitions())
                    .isEqualTo((int) Math.min(chunk.images(), cores)));
    assertThat(rows(plan)).hasSize(100);
  }

  @Test
  void sizeAndTimeAreBelievedOnlyWhereTheyTellSomething() throws IOException {
    Path file = write("in/a.bin", "content");
    long time = Files.getLastModifiedTime(file).toMillis();
    List<Row> same = List.of(latest("a.bin", new Timestamp(time), false, true));
    Archived archived = archived(same);

    assertThat(plan(archived, CHUNKING).skipped()).isEqualTo(1);
    SourcePlan read = plan(archived.withChecksum(true), CHUNKING);
    assertThat(read.skipped()).isZero();
    assertThat(rows(read).get(0).knownSha256()).contains("hash");
    assertThat(plan(archived(List.of(latest("a.bin", null, false, true))), CHUNKING).skipped())
        .isZero();
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    assertThat(
            plan(archived(List.of(latest("a.bin", new Timestamp(0), false, true))), CHUNKING)
                .skipped())
        .isZero();
  }

  @Test
  void whatIsThereAsPixelsIsNotThereAsAFile() throws IOException {
    Path file = write("in/a.bin", "content");
    Timestamp time = new Timestamp(Files.getLastModifiedTime(file).toMillis());
    Archived pixels = archived(List.of(latest("a.bin", time, false, false)));

    assertThat(plan(pixels, CHUNKING).skipped()).isEqualTo(1);
    SourcePlan anew = plan(pixels.withNeedsFile(true), CHUNKING);
    assertThat(anew.skipped()).isZero();
    assertThat(rows(anew).get(0).knownSha256()).isEmpty();
    assertThat(
            plan(
                    archived(List.of(latest("a.bin", time, false, true))).withNeedsFile(true),
                    CHUNKING)
                .skipped())
        .isEqualTo(1);
  }

  @Test
  void membersThatFailedBeforeAreCountedAndNotTried() throws IOException {
    Files.createDirectory(temp.resolve("in"));
    new TarFiles().file("a.png", "a").file("b.png", "b").write(temp.resolve("in/t.tar"));
    String hash = Sha256.of("a".getBytes(StandardCharsets.UTF_8)).toHex();
    Row failed =
        RowFactory.create("file:%s/t.tar#a.png".formatted(in()), 1L, null, hash, true, false);

    SourcePlan plan =
        new TarSource(in(), new Configuration(false), Slice.ALL, 1000, Reading.MEMBERS)
            .plan(spark, archived(List.of(failed)), CHUNKING);

    assertThat(rows(plan)).hasSize(2);
    assertThat(rows(plan).get(0).problem().orElseThrow().type())
        .isEqualTo(SourceProblem.Type.NOT_TRIED);
    assertThat(rows(plan).get(1).problem()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "delta"})
  void rowsOfOnePathAreImagesOfTheirOwn(String format) {
    StructType schema =
        new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);
    List<Row> rows =
        List.of(
            row("image.png", "one"),
            row("image.png", "two"),
            row("image.png", "three"),
            row("image.png", "two"),
            row("single.png", "one"),
            row(null, "nameless"),
            row(null, "nameless"),
            row("none.png", null));
    spark.createDataFrame(rows, schema).repartition(5).write().format(format).save(temp + "/table");

    SourcePlan plan =
        new TableSource(
                temp + "/table",
                format,
                TableColumns.DEFAULT,
                Slice.ALL,
                Reading.MEMBERS,
                new Configuration(false))
            .plan(spark, Archived.nothing(), new Chunking(2, Chunking.BYTES, 16, 1));

    assertThat(plan.listed()).isEqualTo(8);
    assertThat(plan.duplicates()).isEqualTo(2);
    assertThat(plan.pending()).isEqualTo(6);
    List<Candidate> found = rows(plan);
    assertThat(found)
        .extracting(Candidate::sourcePath)
        .containsExactlyInAnyOrder(
            "image.png#" + digits("one"),
            "image.png#" + digits("two"),
            "image.png#" + digits("three"),
            "single.png",
            "row-without-path/" + Sha256.of("nameless".getBytes(StandardCharsets.UTF_8)).toHex(),
            "none.png");
    assertThat(found)
        .filteredOn(row -> row.sourcePath().startsWith("image.png#"))
        .allMatch(row -> row.relativePath().equals("image.png"))
        .allMatch(row -> row.sourcePath().endsWith(digits(text(row))));
    assertThat(found)
        .filteredOn(row -> row.sourcePath().equals("none.png"))
        .allMatch(row -> row.problem().orElseThrow().message().contains("NULL"));
  }

  @Test
  void rowsNameOnlyWhatMayBeRead() throws IOException {
    write("lake/photos/a.png", "a");
    write("secret/key", "s");
    Files.createSymbolicLink(temp.resolve("lake/out"), temp.resolve("secret"));
    Files.createSymbolicLink(temp.resolve("lake/in"), temp.resolve("lake/photos"));
    List<String> good =
        List.of(
            "photos/a.png",
            "in/a.png",
            "photos/../photos/none.png",
            // Hadoop takes names away before links are followed: there is no such file in the lake.
            "out/../secret/key",
            "file://" + temp + "/lake/photos/a.png",
            temp + "/lake/photos/a.png",
            "https://host/a.png");
    List<String> bad =
        List.of(
            "../secret/key",
            "out/key",
            temp + "/secret/key",
            temp + "/lakeside/key",
            "file:" + temp + "/lake/../secret/key",
            "FILE://" + temp + "/secret/key",
            "s3a://bucket/photos/a.png",
            "s3a://bucket/other/b.png",
            "ftp://host/a.png");
    List<Row> rows = new ArrayList<>();
    good.forEach(path -> rows.add(RowFactory.create(path)));
    bad.forEach(path -> rows.add(RowFactory.create(path)));
    spark
        .createDataFrame(rows, new StructType().add("url", DataTypes.StringType))
        .write()
        .parquet(temp + "/lake/t.parquet");

    assertThat(refused(TableColumns.guessed())).hasSize(bad.size());
    assertThat(refused(TableColumns.guessed().withAllowed(List.of(temp + "/secret"))))
        .containsExactlyInAnyOrder(
            temp + "/lakeside/key",
            "s3a://bucket/photos/a.png",
            "s3a://bucket/other/b.png",
            "ftp://host/a.png");
    assertThat(
            refused(
                TableColumns.guessed()
                    .withAllowed(List.of("s3a://bucket/photos", "file:/", "ftp:"))))
        .containsExactly("s3a://bucket/other/b.png");
    assertThat(refused(TableColumns.guessed().withAllowed(List.of("s3a://"))))
        .hasSize(bad.size() - 2);
  }

  private List<String> refused(TableColumns columns) {
    SourcePlan plan =
        new TableSource(
                temp + "/lake/t.parquet",
                "parquet",
                columns,
                Slice.ALL,
                Reading.SAMPLES,
                new Configuration(false))
            .plan(spark, Archived.nothing(), CHUNKING);
    List<Candidate> refused = rows(plan).stream().filter(row -> row.problem().isPresent()).toList();
    assertThat(refused)
        .allMatch(row -> row.problem().get().type() == SourceProblem.Type.NOT_ALLOWED)
        .allMatch(row -> row.problem().get().message().contains("--allow"));
    return refused.stream().map(Candidate::sourcePath).toList();
  }

  private static Row row(String path, String content) {
    return RowFactory.create(
        path, content == null ? null : content.getBytes(StandardCharsets.UTF_8));
  }

  private static String digits(String content) {
    return Sha256.of(content.getBytes(StandardCharsets.UTF_8)).toHex().substring(0, 16);
  }

  private static String text(Candidate candidate) {
    return new String(candidate.content().orElseThrow(), StandardCharsets.UTF_8);
  }

  private Row latest(String name, Timestamp time, boolean failed, boolean file) {
    return RowFactory.create("file:%s/%s".formatted(in(), name), 7L, time, "hash", failed, file);
  }

  private Archived archived(List<Row> latest) {
    return new Archived(Optional.of(spark.createDataFrame(latest, LATEST)), false);
  }

  private SourcePlan plan(Archived archived, Chunking chunking) {
    return new FileSource(in(), new Configuration(false), Slice.ALL, Reading.MEMBERS, false)
        .plan(spark, archived, chunking);
  }

  private List<Candidate> rows(SourcePlan plan) {
    return plan.chunks().stream()
        .flatMap(chunk -> chunk.candidates(spark).collectAsList().stream())
        .map(Candidate::of)
        .toList();
  }

  private ImageSource open(String input, Reading reading) {
    return new Sources(new Configuration(false), 1000, reading)
        .open(temp.resolve(input).toString(), SourceFormat.AUTO, TableColumns.DEFAULT, Slice.ALL);
  }

  private String in() {
    return temp + "/in";
  }

  private Path write(String name, String content) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
