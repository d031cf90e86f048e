package dev.darkroom.jobs.compress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pixels don't say is told: in the summary and in the rows. */
class LeftBehindTest {
  private static final int BEHIND_IHDR = 33;
  private static final int STRIP = 184;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int DOUBLE = 12;

  @TempDir private Path temp;

  @Test
  void whatPixelsLeaveBehindIsCountedAndNamed() throws IOException {
    Path images = Files.createDirectory(temp.resolve("images"));
    Files.write(images.resolve("geo.tif"), geoTiff());
    Files.write(images.resolve("plain.png"), TestImages.png(2));
    Files.write(images.resolve("private.png"), withPrivateChunk(TestImages.png(3)));

    JsonNode summary = new ObjectMapper().readTree(compress("archive", "--json", "pixels").out());
    Shell text = compress("archive of the text", "--max-pixels=100000", "pixels");
    JsonNode whole = new ObjectMapper().readTree(compress("files", "--json", "file").out());

    assertThat(summary.get("coded").asLong()).isEqualTo(3);
    assertThat(summary.get("left_behind_images").asLong()).isEqualTo(2);
    assertThat(summary.get("left_behind").toString())
        .isEqualTo("{\"geotiff\":1,\"private-chunks\":1}");
    assertThat(text.out())
        .contains("left behind by 2 images: geotiff 1, private-chunks 1; --fidelity file keeps it");
    assertThat(told("archive"))
        .containsExactly("geo.tif [geotiff]", "plain.png []", "private.png [private-chunks]");
    assertThat(whole.get("left_behind_images").asLong()).isZero();
    assertThat(whole.get("left_behind")).isEmpty();
    assertThat(told("files")).containsExactly("geo.tif null", "plain.png null", "private.png null");
  }

  private List<String> told(String archive) {
    return TestSpark.table(temp.resolve(archive)).orderBy("relative_path").collectAsList().stream()
        .map(row -> row.<String>getAs("relative_path") + " " + leftBehind(row))
        .toList();
  }

  private static List<String> leftBehind(Row row) {
    return row.getList(row.fieldIndex("left_behind"));
  }

  private Shell compress(String archive, String option, String fidelity) {
    Shell shell =
        Shell.run(
            "compress",
            option,
            "--fidelity=" + fidelity,
            "--input=" + temp.resolve("images"),
            "--output=" + temp.resolve(archive));
    assertThat(shell.status()).as(shell.err()).isZero();
    return shell;
  }

  /** Open RGB samples in one strip, with a pixel's size and a directory of GeoKeys. */
  private static byte[] geoTiff() throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(TestImages.png(1)));
    int samples = 3 * image.getWidth() * image.getHeight();
    ByteBuffer file = ByteBuffer.allocate(STRIP + samples).order(ByteOrder.LITTLE_ENDIAN);
    file.putShort((short) 0x4949).putShort((short) 42).putInt(8).putShort((short) 11);
    field(file, 256, SHORT, 1, image.getWidth());
    field(file, 257, SHORT, 1, image.getHeight());
    field(file, 258, SHORT, 3, 146);
    field(file, 259, SHORT, 1, 1);
    field(file, 262, SHORT, 1, 2);
    field(file, 273, LONG, 1, STRIP);
    field(file, 277, SHORT, 1, 3);
    field(file, 278, SHORT, 1, image.getHeight());
    field(file, 279, LONG, 1, samples);
    field(file, 33_550, DOUBLE, 3, 160);
    field(file, 34_735, SHORT, 4, 152);
    file.putInt(0);
    for (int bits = 0; bits < 3; bits++) {
      file.putShort((short) 8);
    }
    file.putShort((short) 1).putShort((short) 1).putInt(0);
    file.putDouble(10).putDouble(10).putDouble(0);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        file.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
      }
    }
    return file.array();
  }

  private static void field(ByteBuffer file, int tag, int type, int count, int value) {
    file.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  /** A chunk whose type says that it is private, and not to be copied by who does not know it. */
  private static byte[] withPrivateChunk(byte[] png) throws IOException {
    byte[] chunk = "prVTmine alone".getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(chunk);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(file);
    out.write(png, 0, BEHIND_IHDR);
    out.writeInt(chunk.length - 4);
    out.write(chunk);
    out.writeInt((int) crc.getValue());
    out.write(png, BEHIND_IHDR, png.length - BEHIND_IHDR);
    return file.toByteArray();
  }
}
