package dev.darkroom.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.generation.scheduler.SchedulerException;
import dev.darkroom.models.ModelException;
import dev.darkroom.models.ModelIdentity;
import dev.darkroom.models.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a folder is said, with what to do. */
class ModelFolderTest {
  @TempDir private Path folder;

  private void refused(String... reasons) {
    assertThatThrownBy(() -> DiffusionPipeline.load(folder, Pipelines.OPTIONS))
        .isInstanceOf(ModelException.class)
        .satisfies(
            e -> {
              for (String reason : reasons) {
                assertThat(e).hasMessageContaining(reason);
              }
            });
  }

  /** A folder without a list, so that other faults show than wrong hashes. */
  private void unlisted(String name) throws IOException {
    Pipelines.copy(Pipelines.model(name), folder);
    Files.delete(folder.resolve("SHA256SUMS"));
  }

  private void change(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  @Test
  void theHashIsThatOfTheList() throws IOException {
    String hash = Sha256.ofFile(Pipelines.model("sd2").resolve("SHA256SUMS"));
    try (DiffusionPipeline pipeline = Pipelines.load("sd2")) {
      assertThat(pipeline.model()).isEqualTo(new ModelIdentity("model", hash));
    }
    unlisted("sd2");
    try (DiffusionPipeline pipeline =
        DiffusionPipeline.load(folder, "some/model", Pipelines.OPTIONS)) {
      assertThat(pipeline.model()).isEqualTo(new ModelIdentity("some/model", hash));
    }
    change("unet/config.json", "\"freq_shift\": 0", "\"freq_shift\":  0");
    try (DiffusionPipeline pipeline = DiffusionPipeline.load(folder, Pipelines.OPTIONS)) {
      assertThat(pipeline.model().hash()).isNotEqualTo(hash);
    }
  }

  @Test
  void everyDifferenceFromTheListIsNamed() throws IOException {
    Pipelines.copy(Pipelines.model("pixels"), folder);
    change("transformer/config.json", "16", "16 ");
    Files.delete(folder.resolve("scheduler/scheduler_config.json"));
    Files.createFile(folder.resolve("scheduler/scheduler_config.json"));
    Files.writeString(folder.resolve("note.txt"), "new");
    refused(
        "transformer/config.json has the SHA-256",
        "scheduler/scheduler_config.json has the SHA-256",
        "note.txt is not listed",
        "export the model again");
  }

  @Test
  void everythingThatIsMissingIsNamed() throws IOException {
    refused("model_index.json is missing");
    unlisted("sd2");
    Files.delete(folder.resolve("vae_decoder/model.onnx"));
    Files.delete(folder.resolve("tokenizer/tokenizer.json"));
    refused("lacks [tokenizer/tokenizer.json, vae_decoder/model.onnx]");
    assertThatThrownBy(() -> DiffusionPipeline.load(folder.resolve("absent"), Pipelines.OPTIONS))
        .hasMessageContaining("is no folder");
  }

  @Test
  void aFileOfTheListThatIsMissingIsNamed() throws IOException {
    Pipelines.copy(Pipelines.model("pixels"), folder);
    Files.writeString(
        folder.resolve("SHA256SUMS"),
        Files.readString(folder.resolve("SHA256SUMS")) + "0".repeat(64) + "  unet/model.onnx\n");
    refused("unet/model.onnx is missing");
  }

  @Test
  void graphsThatAreNotUnderstoodAreRefused() throws IOException {
    unlisted("pixels");
    Path graph = folder.resolve("transformer/model.onnx");
    Files.write(graph, new byte[] {1, 2, 3});
    refused("ONNX Runtime can't load", "transformer/model.onnx");
    Files.copy(
        folder.resolve("text_encoder/model.onnx"), graph, StandardCopyOption.REPLACE_EXISTING);
    refused("has no input encoder_hidden_states, so that no text reaches it");
    Files.copy(
        Pipelines.model("pixart-conditions").resolve("transformer/model.onnx"),
        folder.resolve("text_encoder/model.onnx"),
        StandardCopyOption.REPLACE_EXISTING);
    refused("text_encoder/model.onnx has no input input_ids");
  }

  @Test
  void configurationsThatAreNotUnderstoodAreRefused() throws IOException {
    unlisted("pixels");
    change("transformer/config.json", "\"out_channels\": 3", "\"out_channels\": 4");
    refused("out_channels", "4 for 3 channels");
    change("transformer/config.json", "\"out_channels\": 4", "\"out_channels\": 3");
    change("transformer/config.json", "\"in_channels\": 3", "\"in_channels\": 0");
    refused("in_channels", "not positive");
    change("transformer/config.json", "\"in_channels\": 0", "\"in_channels\": 3");
    change("tokenizer/tokenizer.json", "\"truncation\"", "\"cut\"");
    refused("the length of texts is unknown");
    change("tokenizer/tokenizer.json", "\"cut\"", "\"truncation\"");
    change("tokenizer/tokenizer.json", "\"padding\"", "\"filling\"");
    refused("names no token that fills texts up");
    change("tokenizer/tokenizer.json", "\"filling\"", "\"padding\"");
    change("scheduler/scheduler_config.json", "\"shift\"", "\"shifty\"");
    assertThatThrownBy(() -> DiffusionPipeline.load(folder, Pipelines.OPTIONS))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("shifty");
  }

  @Test
  void partsThatDoNotFitFailEveryImage() throws IOException {
    unlisted("pixels");
    Pipelines.copy(Pipelines.model("sd2").resolve("vae_decoder"), folder.resolve("vae_decoder"));
    try (DiffusionPipeline pipeline = DiffusionPipeline.load(folder, Pipelines.OPTIONS)) {
      List<SampleRequest> requests =
          List.of(new SampleRequest("a red circle", "", 0), new SampleRequest("", "", 1));
      assertThat(pipeline.sample(requests, pipeline.defaults().withSteps(1)))
          .hasSize(2)
          .allSatisfy(
              outcome -> {
                SampleFailure failure = (SampleFailure) outcome;
                assertThat(failure.type()).isEqualTo(SampleFailure.Type.MODEL_ERROR);
                assertThat(failure.message()).contains("latent_sample");
              });
    }
  }

  @Test
  void anIndexMaySayWhatIsUsual() throws IOException {
    unlisted("pixels");
    Files.writeString(
        folder.resolve("model_index.json"),
        "{\"_class_name\": \"Own\", \"num_inference_steps\": 12, \"guidance_scale\": 2.5}");
    try (DiffusionPipeline pipeline = DiffusionPipeline.load(folder, Pipelines.OPTIONS)) {
      assertThat(pipeline.defaults().steps()).isEqualTo(12);
      assertThat(pipeline.defaults().guidanceScale()).isEqualTo(2.5);
    }
  }
}
