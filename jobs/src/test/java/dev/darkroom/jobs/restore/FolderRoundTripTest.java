package dev.darkroom.jobs.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compress} and {@code restore} without options: the folder is there again. */
class FolderRoundTripTest {
  @TempDir private Path temp;

  @Test
  void aFolderOfAllSortsComesBackAsItWas() throws IOException {
    Path folder = temp.resolve("all sorts");
    Map<String, byte[]> files = files();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Path archive = temp.resolve("archive");
    assertThat(Trees.files(folder)).hasSize(files.size());

    Trees.assertComesBack(folder, archive, temp.resolve("restored"));

    assertThat(TestSpark.table(archive).filter("status = 'ok'").count()).isGreaterThanOrEqualTo(4);
    assertThat(TestSpark.table(archive).filter("status = 'failed'").count()).isZero();
    Shell verify = Shell.run("verify", "--input=" + archive);
    assertThat(verify.status()).as(verify.out()).isZero();
  }

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String format : List.of("png", "jpg", "gif", "tiff", "bmp")) {
      byte[] image = TestImages.file(format, files.size());
      byte[] flipped = image.clone();
      flipped[image.length / 2] ^= 0x55;
      files.put("good." + format, image);
      files.put("damaged/half." + format, Arrays.copyOf(image, image.length / 2));
      files.put("damaged/head." + format, Arrays.copyOf(image, 20));
      files.put("damaged/flipped." + format, flipped);
      files.put("damaged/longer." + format, Arrays.copyOf(image, image.length + 100));
    }
    files.put("no image.png", utf8("not an image"));
    files.put("empty", new byte[0]);
    files.put("empty.png", new byte[0]);
    files.put("zeros.jpg", new byte[1000]);
    files.put("good.txt", utf8("a caption"));
    files.put("metadata.jsonl", utf8("{\"file_name\": \"good.png\"}\n"));
    files.put("shards/some.tar", tar());
    List<String> names =
        List.of(
            "a/b/c/d/deep.bmp",
            ".hidden/.deeper/.png",
            " leading and trailing .bmp ",
            "UPPER.PNG",
            "upper.png",
            "two.png.png",
            "a.bmp",
            "a.bmp.png",
            "a#b?c*d[e]{f}.png",
            "10:30 %41 100%.png",
            "percent:x.png",
            "file:x.png",
            "s3:x/y.png",
            "back\\slash.png",
            "quote'd \"and\" `ticked`.png",
            "new\nline\ttab.png",
            "\u00e9 \u56fe \ud83d\ude00.png",
            "e\u0301 \u56fe \ud83d\ude00.png",
            "a~12345678.png",
            "_underscore/_x.png",
            "...png",
            "dots./...x",
            "CON.bmp",
            "-dash.png",
            "$dollar=1/&.png",
            "x".repeat(251) + ".bmp",
            "none");
    for (String name : names) {
      files.put(name, TestImages.file(name.contains("bmp") ? "bmp" : "png", files.size()));
    }
    return files;
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      byte[] content = TestImages.png(1);
      TarArchiveEntry entry = new TarArchiveEntry("x.png");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
