package dev.darkroom.jobs.curation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedInputTest {
  @ParameterizedTest
  @CsvSource({
    "captions, captions, captions",
    "web=data/laion.json, web, data/laion.json",
    "data/laion.json.gz, laion, data/laion.json.gz",
    "s3a://bucket/set=1/captions/, captions, s3a://bucket/set=1/captions/",
    "./set=1, set=1, ./set=1",
    "my set=hdfs://host/a=b, my set, hdfs://host/a=b",
  })
  void aNameIsWhatStandsBeforeAPlace(String text, String label, String location) {
    NamedInput input = NamedInput.of(text);

    assertThat(input.label()).isEqualTo(label);
    assertThat(input.location()).isEqualTo(location);
  }
}
