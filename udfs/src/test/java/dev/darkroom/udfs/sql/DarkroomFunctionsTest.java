package dev.darkroom.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.compression.IFlowCodec;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.compression.archive.FileArchiver;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.SampleForm;
import dev.darkroom.compression.image.png.PngWriter;
import dev.darkroom.udfs.TestCluster;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DarkroomFunctionsTest {
  private static final RasterImage IMAGE = image();

  @Test
  void nounsOfEachRow() {
    List<Row> rows =
        TestCluster.session()
            .sql(
                "select nouns(t), noun_count(t) from values ('A dog and a cat.'), ('Go!'), (null)"
                    + " as v(t)")
            .collectAsList();

    assertThat(rows.get(0).getList(0)).isEqualTo(List.of("dog", "cat"));
    assertThat(rows.get(0).getInt(1)).isEqualTo(2);
    assertThat(rows.get(1).getList(0)).isEmpty();
    assertThat(rows.get(2).isNullAt(0)).isTrue();
    assertThat(rows.get(2).isNullAt(1)).isTrue();
  }

  @Test
  void functionsRunOnExecutorsToo() {
    assertThat(
            TestCluster.session()
                .range(0, 8, 1, 4)
                .selectExpr("noun_count(concat('a dog and a cat in ', id)) as n")
                .filter("n >= 2")
                .count())
        .isEqualTo(8);
  }

  @Test
  void aPayloadBecomesItsPixels() throws Exception {
    byte[] payload = new IFlowCodec(Profile.FAST).encode(IMAGE);

    Row image = only("iflow_decode(x'%s')", payload).getStruct(0);

    assertThat(image.schema().fieldNames())
        .containsExactly("width", "height", "channels", "bit_depth", "png");
    assertThat(image.getInt(0)).isEqualTo(IMAGE.width());
    assertThat(image.getInt(1)).isEqualTo(IMAGE.height());
    assertThat(image.getInt(2)).isEqualTo(3);
    assertThat(image.getInt(3)).isEqualTo(8);
    assertThat(
            ImageIO.read(new ByteArrayInputStream(image.<byte[]>getAs("png")))
                .getRaster()
                .getPixel(5, 4, (int[]) null))
        .containsExactly(15, 24, 99);
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void aPaletteIsShownInItsColors(Fidelity fidelity) throws Exception {
    byte[] indices = new byte[200 * 100];
    Random random = new Random(7);
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (byte) (i % 200 / 5 + i / 1000 + random.nextInt(3));
    }
    byte[] colors = new byte[3 * 64];
    random.nextBytes(colors);
    SampleForm form = SampleForm.ofPalette(colors, new byte[0]);
    byte[] file =
        PngWriter.write(
            new RasterImage(200, 100, 1, 8, indices), Optional.of(form), ImageMetadata.NONE);
    byte[] payload =
        new FileArchiver(Profile.FAST, fidelity, DecodeLimits.DEFAULT)
            .archive(file)
            .payload()
            .orElseThrow()
            .bytes();

    Row image = only("iflow_decode(x'%s')", payload).getStruct(0);

    assertThat(image.getInt(2)).isEqualTo(1);
    assertThat(image.getInt(3)).isEqualTo(8);
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(image.<byte[]>getAs("png")));
    for (int i = 0; i < indices.length; i++) {
      int color = shown.getRGB(i % 200, i / 200);
      byte[] expected = Arrays.copyOfRange(colors, 3 * indices[i], 3 * indices[i] + 3);
      assertThat(new byte[] {(byte) (color >> 16), (byte) (color >> 8), (byte) color})
          .isEqualTo(expected);
    }
  }

  @Test
  void aDamagedPayloadIsAnErrorWithItsReason() {
    byte[] payload = new IFlowCodec(Profile.FAST).encode(IMAGE);
    payload[payload.length / 2] ^= 1;

    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> only("iflow_decode(x'%s')", payload))
        .withStackTraceContaining("the payload can't be decoded");
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> only("iflow_decode(x'%s')", PngWriter.write(IMAGE, ImageMetadata.NONE)))
        .withStackTraceContaining("png file that was stored as it is");
    assertThat(TestCluster.session().sql("select iflow_decode(null)").head().isNullAt(0)).isTrue();
  }

  @Test
  void anImageFileTellsWhatItIs() {
    byte[] png = PngWriter.write(IMAGE, ImageMetadata.NONE);

    Row info = only("image_info(x'%s')", png).getStruct(0);
    assertThat(info.<String>getAs("format")).isEqualTo("png");
    assertThat(info.<Integer>getAs("width")).isEqualTo(IMAGE.width());
    assertThat(info.<Integer>getAs("height")).isEqualTo(IMAGE.height());
    assertThat(info.<Integer>getAs("channels")).isEqualTo(3);
    assertThat(info.<Integer>getAs("bit_depth")).isEqualTo(8);
    assertThat(info.<String>getAs("error")).isNull();

    byte[] cut = java.util.Arrays.copyOf(png, png.length / 2);
    Row damaged = only("image_info(x'%s')", cut).getStruct(0);
    assertThat(damaged.<String>getAs("format")).isEqualTo("png");
    assertThat(damaged.<String>getAs("error")).contains("TRUNCATED");
    assertThat(only("image_info(x'%s')", new byte[] {1, 2}).getStruct(0).<String>getAs("error"))
        .contains("NOT_AN_IMAGE");
  }

  @Test
  void wrongArgumentsAreRefusedBeforeAnythingRuns() {
    assertThatExceptionOfType(AnalysisException.class)
        .isThrownBy(() -> TestCluster.session().sql("select nouns('a', 'b')"))
        .withMessageContaining("nouns");
    assertThatExceptionOfType(AnalysisException.class)
        .isThrownBy(() -> TestCluster.session().sql("select image_info(array(1))"))
        .withMessageContaining("BINARY");
  }

  @Test
  void functionsDescribeThemselves() {
    assertThat(TestCluster.session().sql("describe function nouns").collectAsList().toString())
        .contains("nouns(text)");
  }

  private static Row only(String expression, byte[] argument) {
    return TestCluster.session()
        .sql("select " + expression.formatted(HexFormat.of().formatHex(argument)))
        .head();
  }

  private static RasterImage image() {
    byte[] samples = new byte[48 * 40 * 3];
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 48; x++) {
        samples[(y * 48 + x) * 3] = (byte) (x * 3);
        samples[(y * 48 + x) * 3 + 1] = (byte) (y * 6);
        samples[(y * 48 + x) * 3 + 2] = 99;
      }
    }
    return new RasterImage(48, 40, 3, 8, samples);
  }
}
