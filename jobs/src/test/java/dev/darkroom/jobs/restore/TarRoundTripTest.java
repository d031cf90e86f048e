package dev.darkroom.jobs.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One tar that is the whole input. */
class TarRoundTripTest {
  private static final List<String> IMAGES =
      List.of(
          "22.05.png",
          "Mr. Bean.jpg",
          "IMG_2024.01.05.jpeg",
          "a.v1.2.bmp",
          "UPPER.PNG",
          "c.BMP",
          "d.1/x.png",
          "./plain.jpg",
          ".hidden.png",
          "noextension",
          "photo.JPE",
          "photo2.jfif",
          "0001.jpg",
          "0001.png",
          "0002.original.jpg",
          "0002.edited.jpg",
          "0003.seg.png",
          "0003.jpg");

  private static final List<String> TEXTS =
      List.of("22.05.txt", "0001.json", "0001.txt", "0001.cls", "d.1/x.txt", "empty.txt");

  @TempDir private Path temp;

  @Test
  void everyMemberIsARowAndAMemberAgain() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (String name : IMAGES) {
      members.put(name, image(name, members.size()));
    }
    for (String name : TEXTS) {
      members.put(
          name, name.equals("empty.txt") ? new byte[0] : utf8("{\"of\": \"" + name + "\"}"));
    }
    Path tar = temp.resolve("s.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        add(out, new TarArchiveEntry(member.getKey()), member.getValue());
      }
      link(out, TarConstants.LF_LINK, "hard.jpg", "0001.jpg");
      link(out, TarConstants.LF_SYMLINK, "d.1/soft.png", "x.png");
    }
    members.put("hard.jpg", members.get("0001.jpg"));
    members.put("d.1/soft.png", members.get("d.1/x.png"));

    JsonNode compressed =
        run("compress", "--json", "--input", tar.toString(), "--output", temp + "/archive");
    JsonNode again =
        run("compress", "--json", "--input", tar.toString(), "--output", temp + "/archive");
    JsonNode restored =
        run(
            "restore",
            "--json",
            "--as=tar",
            "--input",
            temp + "/archive",
            "--output",
            temp + "/restored");

    assertThat(compressed.get("listed").asLong()).isEqualTo(members.size());
    assertThat(compressed.get("coded").asLong() + compressed.get("stored").asLong())
        .isEqualTo(members.size());
    assertThat(compressed.get("no_images").asLong()).isEqualTo(TEXTS.size());
    assertThat(again.get("skipped").asLong()).isEqualTo(members.size());
    assertThat(TestSpark.table(temp.resolve("archive")).orderBy("position").collectAsList())
        .extracting(row -> row.<String>getAs("member"))
        .containsExactlyElementsOf(members.keySet());
    assertThat(restored.get("members").asLong()).isEqualTo(members.size());
    assertThat(restored.get("failed").asLong()).isZero();
    Map<String, byte[]> found = read(temp.resolve("restored/s.tar"));
    assertThat(found.keySet()).containsExactlyElementsOf(members.keySet());
    assertThat(found)
        .allSatisfy((name, content) -> assertThat(content).isEqualTo(members.get(name)));
  }

  private static byte[] image(String name, int seed) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    if (lower.endsWith("bmp")) {
      return TestImages.file("bmp", seed);
    }
    return lower.contains(".j") ? TestImages.file("jpg", seed) : TestImages.png(seed);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void link(TarArchiveOutputStream out, byte kind, String name, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setLinkName(target);
    add(out, entry, new byte[0]);
  }

  private static void add(TarArchiveOutputStream out, TarArchiveEntry entry, byte[] content)
      throws IOException {
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  /** Contents by name, in the order of the tar; no name may stand there twice. */
  private static Map<String, byte[]> read(Path tar) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        assertThat(entry.isFile()).isTrue();
        assertThat(members.put(entry.getName(), in.readAllBytes())).as(entry.getName()).isNull();
      }
    }
    return members;
  }

  private static JsonNode run(String... args) throws IOException {
    Shell shell = Shell.run(args);
    assertThat(shell.status()).as(shell.err() + shell.out()).isZero();
    return new ObjectMapper().readTree(shell.out());
  }
}
