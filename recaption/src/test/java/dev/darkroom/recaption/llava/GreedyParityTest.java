package dev.darkroom.recaption.llava;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.darkroom.recaption.decoding.TokenDecoder;
import dev.darkroom.recaption.image.ImageException;
import dev.darkroom.recaption.image.ImageLimits;
import dev.darkroom.recaption.image.RgbDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokens of prompts and greedy answers are those of {@code transformers.generate}. */
class GreedyParityTest {
  private final RgbDecoder decoder = new RgbDecoder(ImageLimits.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "grouped-heads, 1", "grouped-heads, 3", "grouped-heads, 8",
    "wide-image, 1", "wide-image, 3", "wide-image, 8",
    "siglip-qwen, 1", "siglip-qwen, 3", "siglip-qwen, 8"
  })
  void tokensAreThoseOfTransformers(String checkpoint, int batchSize)
      throws OrtException, ImageException {
    check(Goldens.checkpoint(checkpoint), Goldens.of(checkpoint), batchSize);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void theBundledModelIsTheTrainedOne(int batchSize) throws OrtException, ImageException {
    check(
        Path.of("src/main/resources/dev/darkroom/recaption/llava/tiny"),
        Goldens.of("tiny-goldens"),
        batchSize);
  }

  private void check(Path folder, List<Goldens.Golden> goldens, int batchSize)
      throws OrtException, ImageException {
    ModelFiles files = ModelFiles.find(folder, Optional.empty());
    try (LlavaModel model = LlavaModel.open(files, LlavaOptions.DEFAULT.withThreads(1))) {
      for (int start = 0; start < goldens.size(); start += batchSize) {
        List<Goldens.Golden> batch =
            goldens.subList(start, Math.min(goldens.size(), start + batchSize));
        List<Row> rows = rows(model, batch);
        model.generate(rows);
        for (int i = 0; i < batch.size(); i++) {
          assertThat(integers(rows.get(i).prompt())).isEqualTo(batch.get(i).prompt());
          assertThat(Arrays.stream(rows.get(i).answer()).mapToInt(t -> (int) t).boxed())
              .containsExactlyElementsOf(batch.get(i).answer());
          assertThat(model.prompts().decode(rows.get(i).answer()))
              .isEqualTo(batch.get(i).text().strip());
        }
      }
    }
  }

  private List<Row> rows(LlavaModel model, List<Goldens.Golden> batch)
      throws OrtException, ImageException {
    List<float[]> images = new ArrayList<>();
    for (Goldens.Golden golden : batch) {
      images.add(model.process(decoder.decode(golden.image())));
    }
    ImageFeatures features = model.encode(images);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      rows.add(
          new Row(
              model.prompts().encode(batch.get(i).question(), features.length()),
              features.of(i),
              TokenDecoder.of(batch.get(i).request().parameters(), 0),
              Goldens.MAX_NEW_TOKENS));
    }
    return rows;
  }

  private static List<Integer> integers(int[] tokens) {
    return Arrays.stream(tokens).boxed().toList();
  }
}
