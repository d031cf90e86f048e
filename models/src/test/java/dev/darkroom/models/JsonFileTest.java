package dev.darkroom.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileTest {
  @TempDir private Path folder;

  private JsonFile file(String text) throws IOException {
    return JsonFile.read(Files.writeString(folder.resolve("config.json"), text));
  }

  private void refused(String text, String reason) {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> file(text))
        .withMessageStartingWith(folder.resolve("config.json") + " " + reason)
        .withMessageEndingWith("; fetch or export the model again");
  }

  @Test
  void whatIsNoJsonObjectIsRefused() {
    assertThat(JsonFile.readIfPresent(folder.resolve("config.json"))).isEmpty();
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> JsonFile.read(folder.resolve("config.json")))
        .withMessage(folder + "/config.json is missing; fetch or export the model again");
    refused("{\"a\": ", "is no JSON: ");
    refused("[1]", "is no JSON object");
    refused("", "is no JSON object");
  }

  @Test
  void fieldsAreOfTheirTypesOrNotThere() throws IOException {
    JsonFile file =
        file(
            "{\"text\": \"a\", \"whole\": 3, \"fraction\": 1.5, \"large\": 4294967297,"
                + " \"none\": null, \"part\": {\"whole\": -1}}");
    assertThat(file.text("text")).contains("a");
    assertThat(file.text("whole")).isEmpty();
    assertThat(file.integer("whole")).hasValue(3);
    assertThat(file.number("whole")).hasValue(3);
    assertThat(file.number("fraction")).hasValue(1.5);
    assertThat(file.integer("fraction")).isEmpty();
    assertThat(file.integer("large")).isEmpty();
    assertThat(file.number("large")).hasValue(4_294_967_297.0);
    assertThat(file.at("none").isMissingNode()).isTrue();
    assertThat(file.at("absent").isMissingNode()).isTrue();
    assertThat(file.part("part").integer("whole")).hasValue(-1);
    assertThat(file.part("absent").integer("whole")).isEmpty();
  }

  @Test
  void errorsNameFileAndField() throws IOException {
    JsonFile file = file("{\"sides\": 4, \"less\": 0, \"text\": \"4\"}");
    assertThat(file.positive("sides")).isEqualTo(4);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> file.positive("less"))
        .withMessage(
            folder + "/config.json: less is 0, which is not positive; export the model again");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> file.positive("text"))
        .withMessage(folder + "/config.json: text is missing; export the model again");
  }
}
