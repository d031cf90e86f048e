package dev.darkroom.jobs.curation.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * JSON that can stand within {@code script}: nothing but ASCII, and no angle bracket, so that no
 * text in it can end the block or begin a comment.
 */
final class ScriptJson {
  private static final JsonMapper MAPPER = mapper();

  private ScriptJson() {}

  static Html block(JsonNode json) {
    try {
      return new CodeBlock("script", "application/json", MAPPER.writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  private static JsonMapper mapper() {
    JsonMapper mapper = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    mapper.getFactory().setCharacterEscapes(new Brackets());
    return mapper;
  }

  private static final class Brackets extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private final int[] ascii = standardAsciiEscapesForJSON();

    Brackets() {
      for (char bracket : new char[] {'<', '>', '&'}) {
        ascii[bracket] = ESCAPE_CUSTOM;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return new SerializedString("\\u%04x".formatted(character));
    }
  }
}
