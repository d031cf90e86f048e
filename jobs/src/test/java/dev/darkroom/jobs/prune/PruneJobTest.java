package dev.darkroom.jobs.prune;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.compression.Sha256;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.source.SourceFolder;
import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.ArchiveTable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which originals may go, and that no others do. */
class PruneJobTest {
  private static final Timestamp ARCHIVED = Timestamp.valueOf("2026-01-03 12:00:00.123456");
  private static final Timestamp LATER = Timestamp.valueOf("2026-01-04 12:00:00.123456");
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);
  private static final String NOT_VERIFIED =
      "archived again since the archive was verified, or not verified";
  private static final String PIXELS = "the archive keeps its pixels, not the file";
  private static final String MISSING = "no such file in the folder";
  private static final String CHANGED = "changed since it was archived";
  private static final StructType OUTCOMES =
      new StructType()
          .add("source_path", DataTypes.StringType)
          .add("file_sha256", DataTypes.StringType)
          .add("version", DataTypes.LongType)
          .add("archived_at", DataTypes.TimestampType)
          .add("verified_as", DataTypes.StringType);

  @TempDir private Path temp;

  private Path images;
  private Path archive;
  private Path verified;
  private Path listing;

  @BeforeEach
  void folders() throws IOException {
    images = Files.createDirectory(temp.resolve("images"));
    archive = temp.resolve("archive");
    verified = temp.resolve("verified");
    listing = temp.resolve("originals");
  }

  @Test
  void eachCheckKeepsFiles() throws IOException {
    Map<String, Map<ArchiveColumn, Object>> rows = new LinkedHashMap<>();
    for (String name :
        List.of(
            "right",
            "Stück 100% [1] #2",
            "deep/below",
            "stored",
            "pixels",
            "failed",
            "again",
            "recommitted",
            "unverified",
            "damaged",
            "promised",
            "member",
            "gone",
            "larger",
            "shorter",
            "touched",
            "altered",
            ".hidden",
            "_deep/hidden too")) {
      rows.put(name, original(images, name, "image"));
    }
    rows.put("outside", original(temp.resolve("elsewhere"), "outside", "image"));
    Files.createSymbolicLink(images.resolve("link"), images.resolve("right"));
    rows.put("link", row(images.resolve("link"), "link", "image"));
    Files.createSymbolicLink(images.resolve("linked"), temp.resolve("elsewhere"));
    rows.put("linked/outside", row(images.resolve("linked/outside"), "linked", "image"));
    rows.put(
        "deep/../../elsewhere/outside",
        row(images.resolve("deep/../../elsewhere/outside"), "outside", "image"));
    rows.get("stored").put(ArchiveColumn.STATUS, "stored");
    rows.get("stored").put(ArchiveColumn.FIDELITY, "pixels");
    rows.get("pixels").put(ArchiveColumn.FIDELITY, "pixels");
    rows.get("failed").put(ArchiveColumn.STATUS, "failed");
    rows.get("failed").put(ArchiveColumn.FILE_SHA256, null);
    rows.get("member").put(ArchiveColumn.CONTAINER, "shard.tar");
    Map<String, String> foundAs =
        new HashMap<>(Map.of("pixels", "pixels", "promised", "pixels", "failed", "nothing"));
    foundAs.put("damaged", null);
    List<Row> outcomes = new ArrayList<>();
    rows.forEach(
        (name, row) -> {
          if (!name.equals("unverified")) {
            outcomes.add(outcome(row, foundAs.getOrDefault(name, "file")));
          }
        });
    rows.get("recommitted").put(ArchiveColumn.VERSION, 8L);
    rows.get("again")
        .put(ArchiveColumn.ARCHIVED_AT, Timestamp.valueOf("2026-01-03 12:00:00.123457"));
    Files.delete(images.resolve("gone"));
    for (Map.Entry<String, String> change :
        Map.of("larger", "images", "shorter", "im", "altered", "IMAGE").entrySet()) {
      Path file = images.resolve(change.getKey());
      FileTime time = Files.getLastModifiedTime(file);
      Files.writeString(file, change.getValue());
      Files.setLastModifiedTime(file, time);
    }
    Files.setLastModifiedTime(images.resolve("touched"), LONG_AGO);
    archive(rows.values());
    verified(outcomes);

    Map<String, String> expected = new HashMap<>();
    for (String free : List.of("right", "Stück 100% [1] #2", "deep/below", "stored")) {
      expected.put(free, null);
    }
    expected.put("pixels", PIXELS);
    expected.put("failed", "the archive does not hold it");
    expected.put("again", NOT_VERIFIED);
    expected.put("recommitted", NOT_VERIFIED);
    expected.put("unverified", NOT_VERIFIED);
    expected.put("damaged", "what the archive holds of it is damaged");
    expected.put("promised", PIXELS);
    expected.put("member", "a member of a tar");
    expected.put("gone", MISSING);
    expected.put("outside", MISSING);
    expected.put("deep/../../elsewhere/outside", MISSING);
    expected.put("larger", CHANGED);
    expected.put("shorter", CHANGED);
    expected.put("touched", CHANGED);
    expected.put("altered", CHANGED);
    String hidden = "hidden: its name or a folder's begins with a dot or an underscore";
    expected.put(".hidden", hidden);
    expected.put("_deep/hidden too", hidden);
    expected.put("link", "a link, or in a linked folder");
    expected.put("linked/outside", "a link, or in a linked folder");
    JsonNode summary = list(0);
    assertThat(reasons(rows)).isEqualTo(expected);
    assertThat(summary.get("may_be_deleted").asLong()).isEqualTo(4);
    assertThat(summary.get("kept").get(CHANGED).asLong()).isEqualTo(4);
    assertThat(summary.get("kept").size()).isEqualTo(9);

    list(0, "--kept-as-pixels");
    expected.put("pixels", null);
    expected.put("promised", null);
    assertThat(reasons(rows)).isEqualTo(expected);

    // What was listed for its pixels stays where deletion is not told that these are enough.
    JsonNode deleted = delete(0);
    assertThat(deleted.get("deleted").asLong()).isEqualTo(4);
    assertThat(deleted.get("kept").get(PIXELS).asLong()).isEqualTo(2);
    assertThat(deleted.get("kept").size()).isEqualTo(1);
    assertThat(images.resolve("right")).doesNotExist();
    assertThat(images.resolve("Stück 100% [1] #2")).doesNotExist();
    assertThat(images.resolve("deep")).isEmptyDirectory();
    assertThat(temp.resolve("elsewhere/outside")).exists();
    assertThat(rows.keySet().stream().filter(name -> expected.get(name) != null))
        .filteredOn(name -> !name.equals("gone") && !name.equals("link"))
        .allMatch(name -> Files.exists(images.resolve(name)) || name.equals("outside"));
    assertThat(delete(0, "--kept-as-pixels").get("deleted").asLong()).isEqualTo(2);
  }

  @Test
  void ofSeveralRowsTheNewestCounts() throws IOException {
    Map<ArchiveColumn, Object> first = original(images, "image", "first");
    Map<ArchiveColumn, Object> byCommit = original(images, "image", "other");
    byCommit.put(ArchiveColumn.VERSION, 8L);
    Map<ArchiveColumn, Object> byTime = new EnumMap<>(first);
    byTime.put(ArchiveColumn.ARCHIVED_AT, LATER);
    byTime.put(ArchiveColumn.FILE_SHA256, "0");
    Map<ArchiveColumn, Object> old = new EnumMap<>(first);
    old.put(ArchiveColumn.VERSION, null);
    old.put(ArchiveColumn.ARCHIVED_AT, LATER);
    Map<ArchiveColumn, Object> failed = new EnumMap<>(first);
    failed.put(ArchiveColumn.VERSION, 9L);
    failed.put(ArchiveColumn.STATUS, "failed");
    Map<ArchiveColumn, Object> failedBefore = new EnumMap<>(failed);
    failedBefore.put(ArchiveColumn.VERSION, 3L);

    assertThat(newest(List.of(first, byCommit, byTime, old, failed)))
        .containsExactly(row(byCommit));
    assertThat(newest(List.of(first, byTime, old))).containsExactly(row(byTime));
    assertThat(newest(List.of(old, failed))).containsExactly(row(old));
    assertThat(newest(List.of(failedBefore, failed))).containsExactly(row(failed));
  }

  @Test
  void aTableOfAnEarlierReleaseHasNoVersions() throws IOException {
    Map<ArchiveColumn, Object> row = original(images, "image", "image");
    row.put(ArchiveColumn.VERSION, null);
    table(List.of(row))
        .drop("version", "container", "member", "position", "left_behind")
        .write()
        .format("delta")
        .save(archive.toString());
    verified(List.of(outcome(row, "file")));

    assertThat(list(0).get("may_be_deleted").asLong()).isEqualTo(1);
    Row listed = TestSpark.session().read().parquet(listing.toString()).head();
    assertThat(listed.isNullAt(listed.fieldIndex("version"))).isTrue();
    assertThat(listed.schema().fieldNames())
        .containsExactly(
            "source_path",
            "container",
            "status",
            "fidelity",
            "file_size",
            "modification_time",
            "file_sha256",
            "version",
            "archived_at",
            "verified_as",
            "reason");
  }

  @Test
  void whatChangesJustBeforeItIsDeletedStays() throws IOException {
    List<Map<ArchiveColumn, Object>> rows = new ArrayList<>();
    for (String name : List.of("goes", "stays", "went", "linked")) {
      rows.add(original(images, name, "image"));
    }
    Files.setLastModifiedTime(images.resolve("stays"), LONG_AGO);
    Files.delete(images.resolve("went"));
    Path elsewhere = Files.move(images.resolve("linked"), temp.resolve("linked"));
    Files.createSymbolicLink(images.resolve("linked"), elsewhere);
    Failures failures = new Failures();
    Deletion deletion =
        new Deletion(SourceFolder.open(images.toString(), new Configuration()), failures);

    deletion.delete(table(rows).toLocalIterator());

    assertThat(deletion.deleted()).isEqualTo(1);
    assertThat(files(images)).containsExactlyInAnyOrder("linked", "stays");
    assertThat(failures.count()).isEqualTo(3);
    assertThat(failures.lines())
        .anyMatch(line -> line.contains("stays: it changed just now"))
        .anyMatch(line -> line.contains("linked: it changed just now"))
        .anyMatch(line -> line.contains("went: it went just now"));
  }

  @Test
  void nothingIsListedThatWasNotVerified() throws IOException {
    archive(List.of(original(images, "image", "image")));

    assertThat(refused(List.of("--outcomes", verified.toString())))
        .contains("run 'darkroom verify --outcomes'");
    assertThat(refused(List.of())).contains("--outcomes is missing");
    assertThat(listing).doesNotExist();
  }

  @Test
  void nothingIsDeletedWithoutAListing() throws IOException {
    archive(List.of(original(images, "image", "image")));

    assertThat(refused(List.of("--delete")))
        .contains(
            "there is no listing at '" + listing + "'; run 'darkroom prune' without --delete");
    assertThat(refused(List.of("--delete", "--outcomes", verified.toString())))
        .contains("leave out --outcomes");
    assertThat(images.resolve("image")).exists();
  }

  @Test
  void aListingIsNotPutWhereItWouldReplaceOrBeReadAsSomethingElse() throws IOException {
    Map<ArchiveColumn, Object> row = original(images, "image", "image");
    archive(List.of(row));
    verified(List.of(outcome(row, "file")));

    for (Path place : List.of(images.resolve("listing"), images, archive, verified, temp)) {
      listing = place;
      assertThat(refused(List.of("--outcomes", verified.toString()))).contains(" lies in ");
    }
    assertThat(images.resolve("image")).hasContent("image");
    assertThat(TestSpark.table(archive).count()).isEqualTo(1);
  }

  @Test
  void withoutAFolderNothingIsDone() throws IOException {
    Map<ArchiveColumn, Object> row = original(images, "image", "image");
    archive(List.of(row));
    verified(List.of(outcome(row, "file")));

    images = images.resolve("image");
    assertThat(refused(List.of("--outcomes", verified.toString())))
        .contains("there is no folder '" + images + "'");
  }

  @Test
  void nothingGoesWhereRowsOfTheArchiveCantBeRead() throws IOException {
    Map<ArchiveColumn, Object> row = original(images, "image", "image");
    archive(List.of(row));
    verified(List.of(outcome(row, "file")));
    list(0);
    for (String name : files(archive)) {
      if (name.endsWith(".parquet")) {
        Files.delete(archive.resolve(name));
      }
    }

    assertThat(refused(List.of("--delete")))
        .contains("nothing may go")
        .contains("the data file is not there");
    assertThat(images.resolve("image")).exists();
  }

  @Test
  void whatWasCompressedAndVerifiedGoesAndComesBack() throws IOException {
    Map<String, byte[]> contents = new HashMap<>();
    contents.put("a.bmp", TestImages.file("bmp", 1));
    contents.put("sub/b.jpg", TestImages.file("jpg", 2));
    contents.put("notes.txt", "no image".getBytes(StandardCharsets.UTF_8));
    contents.put("edited.png", TestImages.png(3));
    for (Map.Entry<String, byte[]> content : contents.entrySet()) {
      write(images.resolve(content.getKey()), content.getValue());
    }
    Path notUtf8 = Path.of(URI.create(images.toUri() + "%FF.txt"));
    write(notUtf8, "a name that is no text".getBytes(StandardCharsets.UTF_8));
    compressAndVerify(images.toString());

    JsonNode listed = list(0);
    assertThat(listed.get("may_be_deleted").asLong()).isEqualTo(5);
    assertThat(listed.get("kept")).isEmpty();
    assertThat(listed).isEqualTo(saved("list"));
    assertThat(files(images)).contains("a.bmp");

    write(images.resolve("edited.png"), TestImages.png(4));
    write(images.resolve("new.png"), TestImages.png(5));
    JsonNode deleted = delete(0);
    assertThat(deleted.get("deleted").asLong()).isEqualTo(4);
    assertThat(deleted.get("kept").get(CHANGED).asLong()).isEqualTo(1);
    assertThat(deleted.get("failures")).isEmpty();
    assertThat(deleted).isEqualTo(saved("delete"));
    assertThat(files(images)).containsExactlyInAnyOrder("edited.png", "new.png", "sub");
    assertThat(images.resolve("sub")).isEmptyDirectory();

    JsonNode again = delete(0);
    assertThat(again.get("deleted").asLong()).isZero();
    assertThat(again.get("kept").get(MISSING).asLong()).isEqualTo(4);

    Path restored = temp.resolve("restored");
    Shell shell =
        Shell.run("restore", "--input", archive.toString(), "--output", restored.toString());
    assertThat(shell.status()).as(shell.err()).isZero();
    contents.forEach(
        (name, content) -> assertThat(restored.resolve(name)).hasBinaryContent(content));
  }

  @Test
  void whatCantBeDeletedIsAFailureAndHoldsUpNothing() throws IOException {
    KeepingFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    write(images.resolve("kept.bmp"), TestImages.file("bmp", 1));
    write(images.resolve("sub: 100%/goes.bmp"), TestImages.file("bmp", 2));
    write(images.resolve("_logs/hidden.bmp"), TestImages.file("bmp", 3));
    compressAndVerify("keeping:" + images);
    images = Path.of("keeping:" + images);
    assertThat(list(0).get("may_be_deleted").asLong()).isEqualTo(2);

    JsonNode deleted = delete(1);

    images = temp.resolve("images");
    assertThat(deleted.get("deleted").asLong()).isEqualTo(1);
    assertThat(deleted.get("failed").asLong()).isEqualTo(1);
    assertThat(deleted.get("failures").get(0).asText())
        .startsWith("keeping:" + images + "/kept.bmp: ")
        .contains("access denied");
    assertThat(images.resolve("kept.bmp")).exists();
    assertThat(images.resolve("sub: 100%")).isEmptyDirectory();
    assertThat(images.resolve("_logs/hidden.bmp")).exists();
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  /** Writes a file; returns the row that an archive would have of it. */
  private static Map<ArchiveColumn, Object> original(Path folder, String name, String content)
      throws IOException {
    write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    return row(folder.resolve(name), name, content);
  }

  private static Map<ArchiveColumn, Object> row(Path file, String name, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Map<ArchiveColumn, Object> row = new EnumMap<>(ArchiveColumn.class);
    row.put(ArchiveColumn.SOURCE_PATH, "file:" + file);
    row.put(ArchiveColumn.RELATIVE_PATH, name);
    row.put(ArchiveColumn.STATUS, "ok");
    row.put(ArchiveColumn.FIDELITY, "file");
    row.put(ArchiveColumn.FILE_SIZE, (long) bytes.length);
    row.put(
        ArchiveColumn.MODIFICATION_TIME, new Timestamp(Files.getLastModifiedTime(file).toMillis()));
    row.put(ArchiveColumn.FILE_SHA256, Sha256.of(bytes).toHex());
    row.put(ArchiveColumn.VERSION, 7L);
    row.put(ArchiveColumn.ARCHIVED_AT, ARCHIVED);
    return row;
  }

  private static Row row(Map<ArchiveColumn, Object> cells) {
    return RowFactory.create(Verdicts.STORED.stream().map(cells::get).toArray());
  }

  /** What a verification finds of a row. */
  private static Row outcome(Map<ArchiveColumn, Object> row, String verifiedAs) {
    return RowFactory.create(
        row.get(ArchiveColumn.SOURCE_PATH),
        row.get(ArchiveColumn.FILE_SHA256),
        row.get(ArchiveColumn.VERSION),
        row.get(ArchiveColumn.ARCHIVED_AT),
        verifiedAs);
  }

  private static Dataset<Row> table(Collection<Map<ArchiveColumn, Object>> rows) {
    return TestSpark.session()
        .createDataFrame(
            rows.stream()
                .map(
                    row ->
                        RowFactory.create(
                            Arrays.stream(ArchiveColumn.values()).map(row::get).toArray()))
                .toList(),
            ArchiveColumn.schema());
  }

  private static List<Row> newest(List<Map<ArchiveColumn, Object>> rows) {
    return ArchiveTable.newest(
            table(rows).select(Verdicts.columns(Verdicts.STORED.stream().map(ArchiveColumn::id))))
        .collectAsList();
  }

  private void archive(Collection<Map<ArchiveColumn, Object>> rows) {
    table(rows).write().format("delta").save(archive.toString());
  }

  private void verified(List<Row> outcomes) {
    TestSpark.session().createDataFrame(outcomes, OUTCOMES).write().parquet(verified.toString());
  }

  private void compressAndVerify(String input) {
    Shell compress = Shell.run("compress", "--input", input, "--output", archive.toString());
    assertThat(compress.status()).as(compress.err()).isZero();
    Shell verify =
        Shell.run("verify", "--input", archive.toString(), "--outcomes", verified.toString());
    assertThat(verify.status()).as(verify.err()).isZero();
  }

  private JsonNode list(int status, String... more) throws IOException {
    return prune(
        status,
        Stream.concat(Stream.of("--outcomes", verified.toString()), Stream.of(more)).toList());
  }

  private JsonNode delete(int status, String... more) throws IOException {
    return prune(status, Stream.concat(Stream.of("--delete"), Stream.of(more)).toList());
  }

  private JsonNode prune(int status, List<String> more) throws IOException {
    Shell shell = shell(more);
    assertThat(shell.status()).as(shell.err() + shell.out()).isEqualTo(status);
    return new ObjectMapper().readTree(shell.out());
  }

  private String refused(List<String> more) {
    Shell shell = shell(more);
    assertThat(shell.status()).as(shell.err() + shell.out()).isEqualTo(2);
    return shell.err();
  }

  private Shell shell(List<String> more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "prune",
                "--json",
                "--images",
                images.toString(),
                "--archive",
                archive.toString(),
                "--listing",
                listing.toString()));
    args.addAll(more);
    return Shell.run(args.toArray(String[]::new));
  }

  private JsonNode saved(String job) throws IOException {
    return new ObjectMapper().readTree(Path.of(listing + "." + job + ".json").toFile());
  }

  /** The reasons of a listing by the names of the rows. */
  private Map<String, String> reasons(Map<String, Map<ArchiveColumn, Object>> rows) {
    Map<Object, String> byPath = new HashMap<>();
    TestSpark.session()
        .read()
        .parquet(listing.toString())
        .select(col("source_path"), col("reason"))
        .collectAsList()
        .forEach(row -> byPath.put(row.getString(0), row.getString(1)));
    assertThat(byPath).hasSameSizeAs(rows);
    Map<String, String> reasons = new HashMap<>();
    rows.forEach((name, row) -> reasons.put(name, byPath.get(row.get(ArchiveColumn.SOURCE_PATH))));
    return reasons;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
    }
  }
}
