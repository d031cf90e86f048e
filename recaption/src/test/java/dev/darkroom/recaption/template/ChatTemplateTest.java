package dev.darkroom.recaption.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates of LLaVA checkpoints against what transformers renders from them. */
class ChatTemplateTest {
  static Stream<Named<JsonNode>> goldens() throws IOException {
    try (InputStream in = ChatTemplateTest.class.getResourceAsStream("goldens.json")) {
      JsonNode goldens = new ObjectMapper().readTree(in);
      return StreamSupport.stream(goldens.spliterator(), false)
          .map(golden -> Named.of(golden.get("name").textValue(), golden));
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void textIsThatOfTransformers(JsonNode golden) {
    List<Object> parts =
        List.of(
            Map.of("type", "image"),
            Map.of("type", "text", "text", golden.get("question").textValue()));
    String rendered =
        ChatTemplate.parse(golden.get("template").textValue())
            .render(
                Map.of(
                    "messages",
                    List.of(Map.of("role", "user", "content", parts)),
                    "add_generation_prompt",
                    true,
                    "bos_token",
                    "<s>",
                    "eos_token",
                    "</s>"));
    assertThat(rendered).isEqualTo(golden.get("rendered").textValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{{ 1 + 2 * 3 }};7",
        "{{ (1 + 2) * 3 - -1 }};10",
        "{{ 7 // 2 }}{{ 7 % 4 }};33",
        "{{ 'a' ~ 1 ~ true }};a1True",
        "{{ 'yes' if x is defined else 'no' }};no",
        "{{ x | default('none') }};none",
        "{{ not true or 1 == 1 and 'a' != 'b' }};True",
        "{{ 'b' in 'abc' and 'd' not in ['a'] }};True",
        "{{ 'a b'.split()[1] }}{{ 'abcd'[1:3] }}{{ 'abc'[-1] }};bbcc",
        "{{ [1, 2, 3][::-1] | join('-') }};3-2-1",
        "{{ 'x' 'y' }}{{ \"it's\" }};xyit's",
        "{% for a, b in [['k', 1]] %}{{ a }}={{ b }}{% endfor %};k=1",
        "{% for a in [] %}x{% else %}empty{% endfor %};empty",
        "{% set a = 'v' %}{{ a.startswith('v') }};True",
        "{{ 'hello WORLD'.title() }};Hello World",
        "{{ 'ab'.replace('a', 'c') | length }};2",
      })
  void expressionsFollowJinja(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{% macro m() %}{% endmacro %};the block 'macro' is not known",
        "{{ x | tojson }};the filter 'tojson' is not known",
        "{{ x is divisibleby(3) }};the test 'divisibleby' is not known",
        "{{ strftime_now('%d') }};the function 'strftime_now' is not known",
        "{{ 'a'.zfill(3) }};the method of text 'zfill' is not known",
        "{{ messages }};prints a list",
        "{{ missing.field }};something undefined",
        "{{ raise_exception('wrong order') }};it says: wrong order",
        "{% if true %};'endif' is missing",
        "{% endif %};'endif' is out of place",
        "{{ 'open;a tag is not closed",
        "{{ 3 >= 2 > 1 }};needs a number",
        "{{ 1 +;is not closed",
        "{{ 1 + }};missing at its end",
        "{{ 1 2 }};'2' is out of place",
        "{% for x of y %}{% endfor %};'in' is missing",
      })
  void whatIsNotKnownIsAnError(String template, String reason) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void valuesAreTextAndNoTemplates() {
    String rendered =
        ChatTemplate.parse("{{ text }}").render(Map.of("text", "{{ 1 + 1 }} {% if %} {#"));
    assertThat(rendered).isEqualTo("{{ 1 + 1 }} {% if %} {#");
  }

  private static String render(String template) {
    return ChatTemplate.parse(template).render(Map.of("messages", List.of()));
  }
}
