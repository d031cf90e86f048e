package dev.darkroom.jobs.curation.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void textsAndAttributesAreEscaped() {
    Element element =
        Element.of("p", "a < b & \"c\" > 'd' \u0000\u0085\uD800x\uFFFE \uD83D\uDC08")
            .with("title", "\"><script>");

    assertThat(html(element))
        .isEqualTo(
            "<p title=\"&quot;&gt;&lt;script&gt;\">a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;"
                + " \uFFFD\uFFFD\uFFFDx\uFFFD \uD83D\uDC08</p>");
  }

  @Test
  void nothingLeadsOutOfThePage() {
    assertThatThrownBy(() -> Element.of("a", "x").with("href", "https://example.org"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Element.of("a", "x").with("href", "javascript:alert(1)"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Element.of("img").with("src", "file:///etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Element.of("p").with("onclick", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Element.of("script", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void jsonInAScriptCantEndIt() throws IOException {
    ObjectNode json = Spec.object().put("</script><!--", "</SCRIPT> \u2028 \u2029 & \u0000 \uD83D");

    String html = html(ScriptJson.block(json));

    assertThat(html)
        .matches("<script type=\"application/json\">[\\x20-\\x7e]*</script>")
        .doesNotContain("<!--");
    String inside = html.substring(html.indexOf('>') + 1, html.lastIndexOf('<'));
    assertThat(inside).doesNotContain("<", ">", "&");
    assertThat(new ObjectMapper().readTree(inside)).isEqualTo(json);
  }

  @Test
  void codeThatWouldEndItsBlockIsRefused() {
    assertThatThrownBy(() -> new CodeBlock("script", "", "x = '</ScripT>'"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String html(Html html) {
    StringBuilder page = new StringBuilder();
    html.writeTo(page);
    return page.toString();
  }
}
