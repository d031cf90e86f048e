package dev.darkroom.jobs.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetNameTest {
  @ParameterizedTest
  @CsvSource({
    "a/b.png, a/b.png",
    "/etc/passwd, etc/passwd",
    "//a///b.png, a/b.png",
    "./a/./b.png, a/b.png",
    "s3a://bucket/a/b.png, a/b.png",
    "file:/data/b.png, data/b.png",
    "file:///data/b.png, data/b.png",
    "C:\\photos\\b.png, photos/b.png",
    "10:30.png, 10:30.png",
    "..png, ..png",
    "a..b/c.png, a..b/c.png",
  })
  void namesStayBelowTheFolder(String path, String name) {
    assertThat(TargetName.of(path, false)).hasValue(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../b.png",
        "a/../../b.png",
        "a/..",
        "..\\b.png",
        "C:\\..\\b.png",
        "s3://bucket/../b.png",
        "file:/../b.png",
        "a\u0000.png",
        "a\nb.png",
        "",
        "/",
        ".",
        "file:///",
      })
  void whatLeadsUpwardsOrIsNoNameIsRefused(String path) {
    assertThat(TargetName.of(path, false)).isEmpty();
  }

  @Test
  void pixelsOfOtherFormatsBecomePng() {
    assertThat(TargetName.of("a/b.bmp", true)).hasValue("a/b.bmp.png");
    assertThat(TargetName.of("a/b.PNG", true)).hasValue("a/b.PNG");
    assertThat(TargetName.of("a/b.bmp", false)).hasValue("a/b.bmp");
  }
}
