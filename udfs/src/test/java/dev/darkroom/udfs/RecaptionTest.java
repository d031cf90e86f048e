package dev.darkroom.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.png.PngWriter;
import dev.darkroom.fixtures.CaptionServer;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.PromptTemplate;
import dev.darkroom.udfs.caption.CaptionerSource;
import dev.darkroom.udfs.caption.EndpointSettings;
import dev.darkroom.udfs.caption.EndpointSource;
import dev.darkroom.udfs.caption.ModelSource;
import dev.darkroom.udfs.gpu.GpuDemand;
import dev.darkroom.udfs.gpu.GpuUnavailableException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RecaptionTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("content", DataTypes.BinaryType)
          .add("text", DataTypes.StringType);
  private static final Path MODEL =
      Path.of("..", "recaption", "src", "test", "resources")
          .resolve("dev/darkroom/recaption/llava/wide-image")
          .toAbsolutePath()
          .normalize();

  @Test
  void eachRowGetsItsCaptionWhereverItIsAndWhateverStandsBesideIt() {
    try (CaptionServer server = CaptionServer.start()) {
      List<Row> rows =
          Recaption.by(endpoint(server))
              .withCaptionColumn("text")
              .withPrompt(PromptTemplate.GROUNDED)
              .apply(images(12).repartition(3))
              .orderBy("id")
              .collectAsList();

      assertThat(rows).hasSize(13);
      for (int i = 0; i < 12; i++) {
        Row caption = rows.get(i).getStruct(3);
        assertThat(caption.<String>getAs("text"))
            .startsWith("An image of %d bytes".formatted(png(i).length))
            .contains(i % 2 == 0 ? "'raw %d'".formatted(i) : "Describe this image");
        assertThat(caption.<String>getAs("status")).isEqualTo("ok");
        assertThat(caption.<Integer>getAs("completion_tokens")).isEqualTo(12);
      }
      Row missing = rows.get(12).getStruct(3);
      assertThat(missing.<String>getAs("status")).isEqualTo("failed");
      assertThat(missing.<String>getAs("error_message")).contains("NULL");
    }
  }

  @Test
  void aModelRunsInTheExecutorsOnTheGpusOfItsTasks() {
    List<Row> rows =
        Recaption.by(ModelSource.of(MODEL.toString()))
            .withDecoding(DecodingParameters.greedy(6))
            .withGpus(new GpuDemand(1))
            .apply(images(8).repartition(4))
            .orderBy("id")
            .limit(8)
            .collectAsList();

    assertThat(rows)
        .extracting(row -> row.getStruct(3).<String>getAs("error_message"))
        .containsOnlyNulls();
    assertThat(rows)
        .extracting(row -> row.getStruct(3).<String>getAs("gpu_address"))
        .allMatch(address -> address.matches("[0-3]"));
    // The same image has the same caption, on whichever executor.
    assertThat(rows.get(0).getStruct(3).<String>getAs("text"))
        .isEqualTo(rows.get(7).getStruct(3).<String>getAs("text"));
  }

  @Test
  void whatCannotBeIsRefusedBeforeAnythingRuns() {
    CaptionerSource nowhere = ModelSource.of("/nowhere");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Recaption.by(nowhere)
                    .withImageColumn("text")
                    .withOutputColumn("id")
                    .apply(images(1)))
        .withMessageContainingAll("'text' has type string", "column 'id' already");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Recaption.by(nowhere).withImageColumn("photo").apply(images(1)))
        .withMessageContaining("no column 'photo' (there are id, content, text)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Recaption.by(
                        new EndpointSource(URI.create("http://h/v1"), EndpointSettings.DEFAULT))
                    .withDecoding(
                        new DecodingParameters(
                            9, 1, 0, 1, 1, 0, Optional.of(new DecodingParameters.Mirostat(5, 0.1))))
                    .apply(images(1)))
        .withMessageContaining("Mirostat");
    assertThatExceptionOfType(GpuUnavailableException.class)
        .isThrownBy(() -> Recaption.by(nowhere).withGpus(new GpuDemand(3)).apply(images(1)));
  }

  private static CaptionerSource endpoint(CaptionServer server) {
    return new EndpointSource(URI.create(server.url()), EndpointSettings.DEFAULT);
  }

  /** Images 0 to n - 1, of which the last equals the first, and a row without one. */
  private static Dataset<Row> images(int n) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rows.add(
          RowFactory.create(i, png(i == n - 1 && n == 8 ? 0 : i), i % 2 == 0 ? "raw " + i : null));
    }
    rows.add(RowFactory.create(n, null, null));
    return TestCluster.session().createDataFrame(rows, SCHEMA);
  }

  private static byte[] png(int seed) {
    byte[] samples = new byte[40 * 30 * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * (seed + 3) / 7);
    }
    return PngWriter.write(new RasterImage(40, 30, 3, 8, samples), ImageMetadata.NONE);
  }
}
