package dev.darkroom.udfs.nouns;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The nouns that are counted privately, as numbered items: a public list, which must not be made
 * from the captions that are to be guarded. After the nouns come {@link #OTHER} and {@link #NONE}.
 */
public final class Vocabulary implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a noun outside the vocabulary is called. */
  public static final String OTHER = "(other)";

  /** What a caption without nouns is called. */
  public static final String NONE = "(none)";

  private final List<String> nouns;
  private final Map<String, Integer> items = new HashMap<>();

  /**
   * A vocabulary.
   *
   * @param nouns different nouns in lower case, 1 or more
   */
  public Vocabulary(List<String> nouns) {
    this.nouns = List.copyOf(nouns);
    this.nouns.forEach(noun -> items.put(noun, items.size()));
    if (nouns.isEmpty() || items.size() < nouns.size()) {
      throw new IllegalArgumentException(
          "a vocabulary must have 1 noun or more, each once; it has %d, %d of them different"
              .formatted(nouns.size(), items.size()));
    }
  }

  /** How many items there are: the nouns, and two more. */
  public int universe() {
    return nouns.size() + 2;
  }

  /** What an item is called. */
  public String name(int item) {
    if (item < nouns.size()) {
      return nouns.get(item);
    }
    return item == nouns.size() ? OTHER : NONE;
  }

  /** Draws one of a caption's nouns, all with the same probability. */
  int draw(List<String> caption, RandomGenerator random) {
    if (caption.isEmpty()) {
      return nouns.size() + 1;
    }
    String noun = caption.get(random.nextInt(caption.size()));
    return items.getOrDefault(noun, nouns.size());
  }
}
