package dev.darkroom.jobs.curation.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.models.Sha256;
import org.junit.jupiter.api.Test;

class ChartLibraryTest {
  @Test
  void theLibrariesAreThoseOfTheManifest() {
    assertThat(ChartLibrary.bundled().files())
        .extracting(ChartLibrary.File::name)
        .containsExactly("vega", "vega-lite", "vega-interpreter");
    assertThat(ChartLibrary.bundled().files())
        .allSatisfy(
            file -> {
              assertThat(Sha256.of(file.code()))
                  .as(file.name() + " has changed; take it anew with jobs/charts/refresh")
                  .isEqualTo(file.sha256());
              assertThat(file.version()).matches("\\d+\\.\\d+\\.\\d+");
              assertThat(file.licence()).contains("Redistribution and use");
            });
  }
}
