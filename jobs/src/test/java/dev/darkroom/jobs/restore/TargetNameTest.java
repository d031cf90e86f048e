package dev.darkroom.jobs.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.restore.TargetName.Change;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetNameTest {
  private static final NameRules ASIS = new NameRules(false, false, NameRules.LONGEST_PATH);
  private static final NameRules PORTABLE = new NameRules(true, true, NameRules.LONGEST_PATH);

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
    "\\\\server\\photos\\b.png, server/photos/b.png",
    "a\\b.png, a\\b.png",
    "..\\b.png, ..\\b.png",
    "10:30.png, 10:30.png",
    "..png, ..png",
    "a..b/c.png, a..b/c.png",
  })
  void placesAreDropped(String path, String name) {
    TargetName target = TargetName.of(path, false, ASIS);

    assertThat(target.path()).isEqualTo(name);
    assertThat(target.changes())
        .containsExactlyElementsOf(path.equals(name) ? List.of() : List.of(Change.PLACE));
  }

  @Test
  void whatLeadsUpwardsOrIsNoNameGetsASafeOne() {
    List<List<String>> names =
        List.of(
            List.of("../b.png", "__/b.png"),
            List.of("a/../../b.png", "a/__/__/b.png"),
            List.of("a/..", "a/__"),
            List.of("C:\\..\\b.png", "__/b.png"),
            List.of("s3://bucket/../b.png", "__/b.png"),
            List.of("a\u0000.png", "a_.png"),
            List.of("a\nb.png", "a\nb.png"),
            List.of("half\ud83d.png", "half_.png"),
            List.of("whole\ud83d\ude00.png", "whole\ud83d\ude00.png"),
            List.of("", "unnamed"),
            List.of("/", "unnamed"),
            List.of(".", "unnamed"),
            List.of("file:///", "unnamed"));
    for (List<String> pair : names) {
      TargetName target = TargetName.of(pair.get(0), false, ASIS);
      assertThat(target.path()).isEqualTo(pair.get(1));
      assertThat(target.changes().contains(Change.UNSAFE))
          .isEqualTo(!pair.get(0).equals(pair.get(1)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CON.bmp, CON_.bmp",
    "aux, aux_",
    "com1.tar.gz, com1_.tar.gz",
    "lpt/lpt9 /b.png, lpt/lpt9_/b.png",
    "console.png, console.png",
    "a:b?.png, a_b_.png",
    "'end. . ', end____",
    "a|b<c>*\".png, a_b_c___.png",
  })
  void namesThatWindowsReservesAreChangedOnlyWhereAsked(String path, String name) {
    assertThat(TargetName.of(path, false, PORTABLE).path()).isEqualTo(name);
    assertThat(TargetName.of(path, false, ASIS).path()).isEqualTo(path);
  }

  @Test
  void pixelsOfOtherFormatsBecomePng() {
    assertThat(TargetName.of("a/b.bmp", true, ASIS).path()).isEqualTo("a/b.bmp.png");
    assertThat(TargetName.of("a/b.PNG", true, ASIS).path()).isEqualTo("a/b.PNG");
    assertThat(TargetName.of("a/b.bmp", false, ASIS).path()).isEqualTo("a/b.bmp");
  }

  @ParameterizedTest
  @CsvSource({"x, .bmp", "\u56fe, .bmp", "\ud83d\ude00, .tiff", "x, ''"})
  void longNamesAreShortenedAndKeepTheirExtension(String letter, String extension) {
    String stem = letter.repeat(260 / letter.getBytes(StandardCharsets.UTF_8).length);

    TargetName one = TargetName.of("d/" + stem + "1" + extension, false, ASIS);
    TargetName other = TargetName.of("d/" + stem + "2" + extension, false, ASIS);

    assertThat(one.changes()).containsExactly(Change.TOO_LONG);
    assertThat(one.path()).isNotEqualTo(other.path()).endsWith(extension).startsWith("d/" + letter);
    assertThat(longest(one)).isBetween(230, 255);
    assertThat(one).isEqualTo(TargetName.of("d/" + stem + "1" + extension, false, ASIS));
  }

  @Test
  void aNameThatIsTooLongWithPngAddedIsShortened() {
    TargetName target = TargetName.of("x".repeat(251) + ".bmp", true, ASIS);

    assertThat(target.path()).endsWith(".png");
    assertThat(longest(target)).isEqualTo(255);
    assertThat(target.changes()).containsExactly(Change.PNG, Change.TOO_LONG);
  }

  @Test
  void longPathsGetOneFolder() {
    TargetName target = TargetName.of("deep/".repeat(900) + "a.png", false, ASIS);

    assertThat(target.path()).matches("folders~[0-9a-f]{8}/a\\.png");
    assertThat(target.changes()).containsExactly(Change.TOO_LONG);
  }

  @Test
  void aMarkStandsBeforeTheExtension() {
    TargetName plain = TargetName.of("a.b/c.png", false, ASIS);

    assertThat(plain.marked("0123abcd", Change.TAKEN).path()).isEqualTo("a.b/c~0123abcd.png");
    assertThat(TargetName.of("a.b/c", false, ASIS).marked("0123abcd", Change.TAKEN).path())
        .isEqualTo("a.b/c~0123abcd");
    assertThat(TargetName.changes(plain.marked("0", Change.TAKEN).reason()))
        .containsExactly(Change.TAKEN);
  }

  @Test
  void namesAreOneWhereTheFolderTakesThemForOne() {
    assertThat(PORTABLE.key("STRASSE/\u00c9.png"))
        .isEqualTo(PORTABLE.key("stra\u00dfe/e\u0301.PNG"));
    assertThat(ASIS.key("A.png")).isNotEqualTo(ASIS.key("a.png"));
  }

  private static int longest(TargetName target) {
    return Arrays.stream(target.path().split("/", -1))
        .mapToInt(name -> name.getBytes(StandardCharsets.UTF_8).length)
        .max()
        .orElseThrow();
  }
}
