package dev.darkroom.jobs.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of tars become members of tars again. */
class RestoreTarsTest {
  private static final String LONG = "d/" + "\u56fe".repeat(80) + ".bmp";

  @TempDir private Path temp;

  private Path images;
  private Path archive;

  @BeforeEach
  void anArchiveOfTwoTarsAndAFile() throws IOException {
    images = Files.createDirectory(temp.resolve("images"));
    archive = temp.resolve("archive");
    for (int i = 0; i < 5; i++) {
      Files.write(images.resolve(i + ".bmp"), TestImages.file("bmp", i));
    }
    Shell shell =
        Shell.run(
            "compress",
            "--fidelity=file",
            "--input",
            images.toString(),
            "--output",
            archive.toString());
    assertThat(shell.status()).as(shell.err()).isZero();
    member(0, "in/1.tar", "z.bmp", 0, "");
    member(1, "in/1.tar", LONG, 1, "");
    member(2, "in/1.tar", "z.bmp", 2, "#2");
    member(3, "2.tar.gz", "only.bmp", 7, "");
  }

  /** As a tar's reader would have named the row. */
  private void member(int image, String container, String name, int position, String ending) {
    DeltaTable.forPath(TestSpark.session(), archive.toString())
        .updateExpr(
            "relative_path = '%d.bmp'".formatted(image),
            Map.of(
                "source_path", "'file:/tars/%s#%s%s'".formatted(container, name, ending),
                "relative_path", "'%s/%s'".formatted(container.replaceAll("\\..*", ""), name),
                "container", "'%s'".formatted(container),
                "member", "'%s'".formatted(name),
                "position", String.valueOf(position),
                "modification_time", "timestamp_seconds(%d)".formatted(1_000_000_000 + image)));
  }

  @Test
  void membersComeBackInTheirOrderUnderTheirNames() throws Exception {
    JsonNode summary = restore(0, "--as=tar");

    assertThat(summary.get("restored").asLong()).isEqualTo(5);
    assertThat(summary.get("tars").asLong()).isEqualTo(2);
    assertThat(summary.get("members").asLong()).isEqualTo(4);
    assertThat(summary.get("renamed").asLong()).isZero();
    assertThat(temp.resolve("restored/4.bmp")).hasSameBinaryContentAs(images.resolve("4.bmp"));
    try (InputStream in = Files.newInputStream(temp.resolve("restored/in/1.tar"))) {
      List<TarArchiveEntry> entries = new ArrayList<>();
      List<byte[]> contents = new ArrayList<>();
      read(in, "UTF-8", entries, contents);
      assertThat(entries)
          .extracting(TarArchiveEntry::getName)
          .containsExactly("z.bmp", LONG, "z.bmp");
      assertThat(entries)
          .extracting(entry -> entry.getLastModifiedTime().toMillis())
          .containsExactly(1_000_000_000_000L, 1_000_000_001_000L, 1_000_000_002_000L);
      for (int i = 0; i < 3; i++) {
        assertThat(contents.get(i)).isEqualTo(TestImages.file("bmp", i));
      }
    }
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(temp.resolve("restored/2.tar.gz")))) {
      List<TarArchiveEntry> entries = new ArrayList<>();
      read(in, "UTF-8", entries, new ArrayList<>());
      assertThat(entries).extracting(TarArchiveEntry::getName).containsExactly("only.bmp");
    }
    assertThat(restore(0, "--as=tar").get("already_there").asLong()).isEqualTo(5);
  }

  @Test
  void whatATarHeldIsHeldAgain() throws Exception {
    Path input = Files.createDirectories(temp.resolve("tars/deep"));
    List<String> names =
        List.of("dup.png", "note.json", "dup.png", "../up.txt", "b\u00e4d \u00ff.bmp", ".hidden");
    Path tar = input.resolve("one.tar.gz");
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(
            new GZIPOutputStream(Files.newOutputStream(tar)), "ISO-8859-1")) {
      for (String name : names) {
        byte[] content =
            name.endsWith("g")
                ? TestImages.png(name.length())
                : ("of " + name).getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
        entry.setSize(content.length);
        entry.setModTime(1_234_567_000L);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
      }
    }
    archive = temp.resolve("archive of tars");
    Shell shell =
        Shell.run(
            "compress",
            "--fidelity=file",
            "--input",
            temp.resolve("tars").toString(),
            "--output",
            archive.toString());
    assertThat(shell.status()).as(shell.err()).isZero();

    JsonNode summary = restore(0, "--as=tar");

    assertThat(summary.get("restored").asLong()).isEqualTo(names.size());
    assertThat(content(temp.resolve("restored/deep/one.tar.gz"))).isEqualTo(content(tar));
  }

  private static List<String> content(Path gzip) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(gzip))) {
      read(in, "ISO-8859-1", entries, contents);
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      lines.add(
          entries.get(i).getName()
              + entries.get(i).getLastModifiedTime().toMillis()
              + Arrays.hashCode(contents.get(i)));
    }
    return lines;
  }

  @Test
  void asFilesEveryMemberIsAFile() throws Exception {
    JsonNode summary = restore(0);

    assertThat(summary.get("restored").asLong()).isEqualTo(5);
    assertThat(summary.get("renamed").asLong()).isEqualTo(1);
    assertThat(temp.resolve("restored/in/1/z.bmp")).hasBinaryContent(TestImages.file("bmp", 0));
    assertThat(temp.resolve("restored/2/only.bmp")).exists();
  }

  @Test
  void aDamagedMemberIsToldAndLeftOut() throws Exception {
    DeltaTable.forPath(TestSpark.session(), archive.toString())
        .updateExpr("position = 1", Map.of("payload", "unhex('00')"));

    JsonNode summary = restore(1, "--as=tar");

    assertThat(summary.get("failed").asLong()).isEqualTo(1);
    assertThat(summary.get("restored").asLong()).isEqualTo(4);
    assertThat(summary.get("problems").get(0).asText()).contains(LONG);
  }

  @Test
  void anotherTarInTheSamePlaceIsNotReplacedUnlessTold() throws Exception {
    Files.createDirectories(temp.resolve("restored/in"));
    Files.writeString(temp.resolve("restored/in/1.tar"), "mine");

    assertThat(restore(1, "--as=tar").get("failed").asLong()).isEqualTo(3);
    assertThat(temp.resolve("restored/in/1.tar")).hasContent("mine");

    assertThat(restore(0, "--as=tar", "--overwrite").get("restored").asLong()).isEqualTo(3);
  }

  @Test
  void tarsHoldNewestVersionsAlone() {
    Shell refused =
        Shell.run("restore", "--input", "a", "--output", "b", "--as=tar", "--versions=all");

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("--as tar takes the newest versions alone");
  }

  private static void read(
      InputStream in, String encoding, List<TarArchiveEntry> entries, List<byte[]> contents)
      throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(in, encoding)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.add(entry);
        contents.add(tar.readAllBytes());
      }
    }
  }

  private JsonNode restore(int status, String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "restore",
                "--json",
                "--input",
                archive.toString(),
                "--output",
                temp.resolve("restored").toString()));
    args.addAll(List.of(more));
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err() + shell.out()).isEqualTo(status);
    return new ObjectMapper().readTree(shell.out());
  }
}
