package dev.darkroom.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DarkroomTest {
  @Test
  void helpReadsAsItDid() throws IOException {
    assertThat(Shell.run("--help").out()).isEqualTo(golden("darkroom"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compress",
        "restore",
        "verify",
        "prune",
        "recaption",
        "nouns",
        "select",
        "generate",
        "report",
        "scenes",
        "score",
        "demo"
      })
  void eachJobsHelpReadsAsItDid(String job) throws IOException {
    Shell shell = Shell.run(job, "--help");

    assertThat(shell.status()).isZero();
    assertThat(shell.out()).isEqualTo(golden(job)).contains("Default: ");
  }

  @Test
  void allBadOptionsAreReportedTogether() {
    Shell shell =
        Shell.run(
            "compress",
            "--chunk=0",
            "--max-bytes=12parsecs",
            "--profile=slow",
            "--timeout=soon",
            "--colour=red");

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err().lines().filter(line -> line.startsWith("darkroom: ")))
        .anyMatch(line -> line.contains("--chunk must be 1 to 1000000, not 0"))
        .anyMatch(line -> line.contains("'12parsecs' is no number of bytes"))
        .anyMatch(line -> line.contains("'slow' is not one of fast, flow"))
        .anyMatch(line -> line.contains("--timeout") && line.contains("soon"))
        .anyMatch(line -> line.contains("--colour=red"))
        .anyMatch(line -> line.contains("--input"))
        .anyMatch(line -> line.contains("--output"));
    assertThat(shell.err()).doesNotContain("\tat ").contains("darkroom compress --help");
  }

  @ParameterizedTest
  @CsvSource({"verify, --input", "restore, --output", "recaption, --output", "generate, --prompts"})
  void conditionsAreCheckedWithTheOtherOptions(String job, String missing) {
    for (String condition : List.of("rand() < 0.5", "width in (select 1)", "width >", " ")) {
      Shell shell = Shell.run(job, "--where", condition);

      assertThat(shell.status()).isEqualTo(2);
      assertThat(shell.err().lines().filter(line -> line.startsWith("darkroom: --where")))
          .hasSize(1)
          .allMatch(line -> line.matches(".*(may not|is no condition|must not be empty).*"));
      assertThat(shell.err()).contains("'" + missing).doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "compress, --input",
    "restore, --output",
    "verify, --input",
    "prune, --listing",
    "recaption, --input",
    "select, --target",
    "report, --output",
  })
  void whatIsMissingIsNamed(String job, String option) {
    Shell shell = Shell.run(job);

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err()).contains(option);
  }

  @Test
  void withoutAJobTheHelpIsShownAsAnError() {
    Shell shell = Shell.run();

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err()).isEqualTo(golden("darkroom"));
  }

  @Test
  void anUnknownJobIsAnError() {
    Shell shell = Shell.run("develop");

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err()).contains("develop");
  }

  @Test
  void noInputIsAnErrorWithItsReason(@TempDir Path folder) throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    String output = folder.resolve("archive").toString();

    assertRefused("does not exist", "--input", folder + "/nowhere", "--output", output);
    assertRefused("holds no file", "--input", empty.toString(), "--output", output);
    assertRefused("matches no file", "--input", empty + "/*.png", "--output", output);
    assertThat(folder.resolve("archive")).doesNotExist();
  }

  @Test
  void outputMustNotLieInTheInputNorReplaceOtherFiles(@TempDir Path folder) throws IOException {
    TestImages.write(folder.resolve("images"), 1);
    TestImages.write(folder.resolve("other"), 1);
    String images = folder.resolve("images").toString();

    assertRefused("lies in input", "--input", images, "--output", images + "/archive");
    assertRefused("is no Delta table", "--input", images, "--output", folder + "/other");
  }

  @Test
  void readingBackNeedsATable(@TempDir Path folder) {
    Shell verify = Shell.run("verify", "--input", folder.toString());
    Shell restore =
        Shell.run("restore", "--input", folder.toString(), "--output", folder + "/restored");

    assertThat(verify.status()).isEqualTo(2);
    assertThat(verify.err()).contains("is no Delta table");
    assertThat(restore.status()).isEqualTo(2);
    assertThat(folder.resolve("restored")).doesNotExist();
  }

  private static void assertRefused(String reason, String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "compress";
    System.arraycopy(options, 0, args, 1, options.length);
    Shell shell = Shell.run(args);

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err().lines()).hasSize(1).allMatch(line -> line.contains(reason));
  }

  private static String golden(String name) {
    try (InputStream in = DarkroomTest.class.getResourceAsStream("/help/" + name + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("no help text for " + name, e);
    }
  }
}
