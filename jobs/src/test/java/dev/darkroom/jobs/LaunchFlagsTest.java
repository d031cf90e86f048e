package dev.darkroom.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class LaunchFlagsTest {
  @Test
  void theBuildsFlagsAreThoseOfSpark() {
    assertThat(List.of(System.getProperty("darkroom.flags").split(" ")))
        .containsExactlyInAnyOrder(JavaModuleOptions.defaultModuleOptions().split(" "));
  }
}
