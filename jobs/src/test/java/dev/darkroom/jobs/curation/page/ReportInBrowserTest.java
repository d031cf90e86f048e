package dev.darkroom.jobs.curation.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.curation.SmallDataset;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as Chromium shows it; skipped where there is no Chromium. */
class ReportInBrowserTest {
  @TempDir private static Path temp;
  private static Path report;
  private static Browser browser;

  @BeforeAll
  static void report() throws IOException {
    Optional<Browser> installed = Browser.installed(temp);
    assumeTrue(
        installed.isPresent(), "there is no Chromium; install it with: apt-get install chromium");
    browser = installed.orElseThrow();
    SmallDataset small = new SmallDataset(temp);
    report = temp.resolve("report");
    Shell shell =
        Shell.run(
            "report",
            "--input=" + small.table(),
            "--input=" + small.archive(),
            "--column=before",
            "--column=after",
            "--threshold=2",
            "--output=" + report);
    assertThat(shell.status()).as(shell.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"400, 1", "400, 0", "1600, 1", "1600, 0"})
  void everyChartIsDrawnAndNothingSticksOut(int width, int scheme) throws IOException {
    Browser.Visit visit =
        browser.visit(frame(width), "--blink-settings=preferredColorScheme=" + scheme);

    assertThat(visit.console()).isEmpty();
    assertThat(visit.requests()).isEmpty();
    JsonNode seen = seen(visit);
    assertThat(seen.get("figures").asInt()).isEqualTo(10);
    assertThat(seen.get("drawn").asInt()).isEqualTo(10);
    assertThat(seen.get("leastMarks").asInt()).as("marks of the emptiest chart").isPositive();
    assertThat(seen.get("leastWidth").asInt())
        .as("width of the narrowest chart")
        .isGreaterThan(250);
    assertThat(seen.get("open").asInt()).as("tables that are open").isZero();
    assertThat(seen.get("scrollWidth").asInt()).isLessThanOrEqualTo(width);
    assertThat(seen.get("pictures").asInt()).isEqualTo(7);
    assertThat(seen.get("title").asText()).isEqualTo("table, archive \u2013 curation report");
    Color paper = Color.decode(seen.get("background").asText());
    assertThat(paper.getGreen() < 128).as("dark").isEqualTo(scheme == 0);
  }

  @Test
  void withoutScriptsTheTablesAreOpen() throws IOException {
    Path plain = temp.resolve("plain.html");
    Files.writeString(
        plain,
        Files.readString(report.resolve("index.html")).replaceAll("&#39;sha256-[^&]*&#39;", ""));

    Browser.Visit visit = browser.visit(plain);

    assertThat(visit.console()).as("scripts that the policy refuses").isNotEmpty();
    assertThat(visit.dom()).contains("<details open=\"\">").doesNotContain("<svg");
  }

  @Test
  void thisTestWouldSeeARequestAndAnError() throws IOException {
    Path page = temp.resolve("leaky.html");
    Files.writeString(
        page, "<img src='http://images.example/x.png'><script>console.error('oh')</script>");

    Browser.Visit visit = browser.visit(page);

    assertThat(visit.requests()).anyMatch(request -> request.contains("images.example"));
    assertThat(visit.console()).anyMatch(line -> line.contains("oh"));
  }

  private static JsonNode seen(Browser.Visit visit) throws IOException {
    String marker = "id=\"seen\">";
    assertThat(visit.dom()).contains(marker);
    String rest = visit.dom().substring(visit.dom().indexOf(marker) + marker.length());
    return new ObjectMapper().readTree(rest.substring(0, rest.indexOf("</pre>")));
  }

  /** A page that shows the report in a frame of a width, and writes down what it sees there. */
  private static Path frame(int width) throws IOException {
    Path page = temp.resolve("frame-" + width + ".html");
    Files.writeString(
        page,
        """
        <!DOCTYPE html><meta charset="utf-8">
        <iframe id="frame" src="report/index.html" width="%d" height="900" style="border:0"></iframe>
        <pre id="seen">{}</pre>
        <script>
          const timer = setInterval(() => {
            const page = document.getElementById('frame').contentDocument;
            if (!page || !page.documentElement.dataset.charts) return;
            clearInterval(timer);
            const figures = [...page.querySelectorAll('figure.chart')];
            const marks = figures.map((figure) => figure.querySelectorAll(
              'svg .role-mark path, svg .role-mark rect, svg .role-mark line').length);
            const widths = figures.map((figure) => figure.querySelector('svg')?.clientWidth || 0);
            const paint = page.createElement('canvas').getContext('2d');
            paint.fillStyle = page.defaultView.getComputedStyle(page.body).backgroundColor;
            document.getElementById('seen').textContent = JSON.stringify({
              figures: figures.length,
              drawn: figures.filter((figure) => figure.querySelector('svg')).length,
              leastMarks: Math.min(...marks),
              leastWidth: Math.min(...widths),
              open: page.querySelectorAll('figure details[open]').length,
              scrollWidth: page.documentElement.scrollWidth,
              pictures: [...page.images].filter((image) => image.naturalWidth > 0).length,
              title: page.title,
              background: paint.fillStyle,
            });
          }, 50);
        </script>
        """
            .formatted(width));
    return page;
  }
}
