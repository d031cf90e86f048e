package dev.darkroom.recaption.nouns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fast tagger beside OpenNLP on captions that others made, where they are at hand. */
class CaptionParityTest {
  private static final Path CAPTIONS =
      Path.of("..", "..", "shared", "data", "captions", "capsfusion_10k.json");

  @Test
  void captionsAreTaggedAsByOpenNlp() throws IOException {
    assumeTrue(Files.exists(CAPTIONS), "no shared data");
    List<String> captions = new ArrayList<>();
    for (JsonNode row : new ObjectMapper().readTree(CAPTIONS.toFile())) {
      row.forEach(caption -> captions.add(caption.asText()));
    }
    Tagger reference = new OpenNlpTagger();
    Tagger fast = new FastTagger();

    List<String> different = new ArrayList<>();
    long tokens = 0;
    for (String caption : captions) {
      List<TaggedToken> expected = reference.tag(caption);
      tokens += expected.size();
      if (!fast.tag(caption).equals(expected)) {
        different.add(caption);
      }
    }

    assertThat(captions).hasSizeGreaterThanOrEqualTo(30_000);
    assertThat(tokens).isGreaterThan(400_000);
    assertThat(different).as("captions that were tagged otherwise").isEmpty();
  }
}
