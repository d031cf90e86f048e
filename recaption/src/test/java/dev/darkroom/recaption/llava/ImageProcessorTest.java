package dev.darkroom.recaption.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.models.ModelException;
import dev.darkroom.recaption.image.ImageException;
import dev.darkroom.recaption.image.ImageGoldens;
import dev.darkroom.recaption.image.ImageLimits;
import dev.darkroom.recaption.image.RgbDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every float against transformers' image processors over Pillow. */
class ImageProcessorTest {
  private final RgbDecoder decoder = new RgbDecoder(ImageLimits.DEFAULT);

  static Stream<Arguments> goldens() {
    List<Arguments> goldens = new ArrayList<>();
    ImageGoldens.names()
        .forEach(
            name ->
                ImageGoldens.of(name)
                    .get("values")
                    .fieldNames()
                    .forEachRemaining(processor -> goldens.add(Arguments.of(name, processor))));
    return goldens.stream();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void valuesAreThoseOfTransformers(String name, String processorName) throws ImageException {
    ImageProcessor processor = ImageProcessor.read(ImageGoldens.processor(processorName));
    JsonNode golden = ImageGoldens.of(name).get("values").get(processorName);
    ByteBuffer values =
        ByteBuffer.allocate(processor.length() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    processor.process(decoder.decode(ImageGoldens.file(name)), values.asFloatBuffer());
    assertThat(new int[] {3, processor.height(), processor.width()})
        .containsExactly(
            golden.get("shape").get(0).intValue(),
            golden.get("shape").get(1).intValue(),
            golden.get("shape").get(2).intValue());
    for (int i = 0; i < 3; i++) {
      assertThat(values.getFloat(i * Float.BYTES))
          .isEqualTo(golden.get("first").get(i).floatValue());
    }
    assertThat(ImageGoldens.sha256(values.array())).isEqualTo(golden.get("sha256").textValue());
  }

  @Test
  void unknownProcessorsAreRefused(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> ImageProcessor.read(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has no preprocessor_config.json");
    write(folder, "{\"image_processor_type\": \"VivitImageProcessor\"}");
    assertThatThrownBy(() -> ImageProcessor.read(folder))
        .hasMessageContaining("is 'VivitImageProcessor'");
    write(folder, "{\"image_processor_type\": \"CLIPImageProcessor\", \"resample\": 0}");
    assertThatThrownBy(() -> ImageProcessor.read(folder)).hasMessageContaining("resample is 0");
    write(folder, "{\"image_processor_type\": \"CLIPImageProcessor\", \"do_center_crop\": false}");
    assertThatThrownBy(() -> ImageProcessor.read(folder))
        .hasMessageContaining("could not share a batch");
    write(folder, "{\"image_processor_type\": \"SiglipImageProcessor\", \"image_mean\": [1, 2]}");
    assertThatThrownBy(() -> ImageProcessor.read(folder))
        .hasMessageContaining("expected three numbers");
    write(folder, "not json");
    assertThatThrownBy(() -> ImageProcessor.read(folder)).hasMessageContaining("is no JSON");
  }

  private static void write(Path folder, String config) throws IOException {
    Files.writeString(folder.resolve("preprocessor_config.json"), config);
  }
}
