package dev.darkroom.recaption.nouns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast tagger beside OpenNLP itself: the same tokens with the same tags, on anything. */
class TaggerParityTest {
  // One for each thread of tests, and shared by all texts, so that what it remembers is used.
  private static final Tagger REFERENCE = new OpenNlpTagger();
  private static final Tagger FAST = new FastTagger();
  private static final Tagger SEARCHING = FastTagger.searching();

  static List<String> hostileTexts() {
    return List.of(
        "",
        " ",
        "\t\n\u000b\u000c\r\u001c\u001f",
        "\u00a0\u2007\u202f\u3000\u1680\u2028\u2029",
        "\u0085\u200b\ufeff\u180e",
        "a",
        ".",
        "\u0000",
        "\u0000\u0001\u0002 \u0007\u001b[31m \u007f\u0080\u009f",
        "a\u0000b \u0000a",
        "\ud83d",
        "\ude00",
        "\ude00\ud83d dog",
        "dog\ud83d cat \ude00bird",
        "\ud83d\ude00",
        "two dogs \ud83d\ude00\ud83d\ude00 and a cat\u2764\ufe0f",
        "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66 family photo",
        "\ud83c\uddeb\ud83c\uddf7",
        "\u732b\u3068\u72ac",
        "\u3072\u3089\u304c\u306a \u30ab\u30bf\u30ab\u30ca\u30fc \u6f22\u5b57",
        "\u30fb\u30fc\u301c",
        "\u7f8e\u4e3d\u7684\u98ce\u666f\uff0c2019\u5e74\uff01",
        "\ud55c\uad6d\uc5b4 \u0440\u0443\u0441\u0441\u043a\u0438\u0439"
            + " \u0395\u03bb\u03bb\u03b7\u03bd\u03b9\u03ba\u03ac",
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"
            + " \u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35",
        "\u0130stanbul \u0131\u015f\u0131k STRASSE stra\u00dfe \u01c5 \ufb01ne \u1e9e",
        "\ud801\udc00\ud801\udc01 \ud801\udc28",
        "\ud835\udd38\ud835\udd52 \uff26\uff55\uff4c\uff4c",
        "\u0660\u0661 \u0967\u0968 12 1234 12a 1-2 1/2 1,000 3.14 1e5 12345",
        "e\u0301te\u0301 Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324",
        "A. B.C. \u00c4. \u00d6.\u00dc. Mr. Mrs. U.S.A. e.g. i.e. etc...",
        "&amp; &#39; &quot;cat&quot; &; ;& &nbsp;;",
        "<br/><a href=\"https://example.com/a?b=c&d=e#f\">It's</a>",
        "don't can't won't it's I'm you've they'll cannot gonna wanna O'Neil's dogs' 'tis",
        "\u201cquoted\u201d \u2018single\u2019 it\u2019s don\u2019t \u2014 dash\u2013dash -- ---",
        "[x] {y} (z) ) ( ] [ } { `tick` \"'\"'\" !?.,;:",
        "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
        "? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ?",
        "the the the the the the the the the the",
        "red red red red red dog dog dog dog dog dog",
        "qqqq qqqq qqqq qqqq qqqq qqqq qqqq",
        "X X X X X X X X X X X X X X X X X X X X X",
        "IMG_20190405_123456.JPG 1920x1080 photo-1.png C:\\x\\y $5.00 50% #tag @me a@b.com",
        "BIG DOG SALE!!! Buy 1 Get 1 FREE **LIMITED** OFFER $9.99 (20% OFF)",
        "S=begin w=dog t=NOUN p=x s=y ,NOUN dog,lc def cc bok p2=bok",
        "\uffff\ufffe\ufffd \ue000\uf8ff",
        "word".repeat(60),
        "0123456789".repeat(30),
        "a-b_c.d/".repeat(40));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void hostileTextsAreTaggedAsByOpenNlp(String text) {
    compare(text);
  }

  @Test
  void allAreTaggedAsByOpenNlpInOneText() {
    compare(String.join(" ", hostileTexts()));
    compare(String.join("", hostileTexts()));
  }

  @Test
  void longPiecesWithoutSpaceAreTaggedAsByOpenNlp() {
    compare("x".repeat(5_000));
    compare("dog".repeat(1_500) + "!");
    compare("\u732b".repeat(3_000));
    compare("&" + "a,".repeat(700) + ";");
    compare("!?".repeat(500));
  }

  @Property(tries = 400)
  void anyCharsAreTaggedAsByOpenNlp(@ForAll("anyChars") String text) {
    compare(text);
  }

  @Property(tries = 400)
  void charsOfTextsAreTaggedAsByOpenNlp(@ForAll("commonChars") String text) {
    compare(text);
  }

  @Property(tries = 400)
  void wordsInAnyOrderAreTaggedAsByOpenNlp(@ForAll("mixedWords") String text) {
    compare(text);
  }

  @Example
  void threadsMayShareATagger() {
    List<String> texts = hostileTexts();
    List<List<TaggedToken>> alone = texts.stream().map(REFERENCE::tag).toList();
    Tagger shared = new FastTagger();

    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .filter(
                    i ->
                        !shared
                            .tag(texts.get(i % texts.size()))
                            .equals(alone.get(i % texts.size())))
                .count())
        .as("texts that were tagged otherwise")
        .isZero();
  }

  /** Holds all three ways to the same result. */
  static void compare(String text) {
    List<TaggedToken> expected = REFERENCE.tag(text);
    assertThat(FAST.tag(text)).as("fast: %s", text).isEqualTo(expected);
    assertThat(SEARCHING.tag(text)).as("by beam search: %s", text).isEqualTo(expected);
  }

  @Provide
  Arbitrary<String> anyChars() {
    return Arbitraries.strings().all().ofMaxLength(60);
  }

  @Provide
  Arbitrary<String> commonChars() {
    return Arbitraries.strings()
        .withChars(
            "aehinorstAEST0127.,'’\"`-/&;:!?()[]$#@_+=*|\u00e9\u00df\u732b\u30ab"
                + " \u00a0\ud83d\ude00")
        .ofMaxLength(80);
  }

  @Provide
  Arbitrary<String> mixedWords() {
    Arbitrary<String> word =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.of(words())),
            net.jqwik.api.Tuple.of(1, Arbitraries.strings().alpha().numeric().ofMaxLength(8)),
            net.jqwik.api.Tuple.of(1, Arbitraries.of(".", ",", "!", "-", "'s", "n't", "(", ")")));
    Arbitrary<String> gap = Arbitraries.of(" ", " ", " ", " ", "", "  ", "-", "\n");
    return Combinators.combine(word, gap)
        .as((w, g) -> w + g)
        .list()
        .ofMaxSize(40)
        .map(p -> String.join("", p));
  }

  private static List<String> words() {
    return hostileTexts().stream()
        .flatMap(text -> List.of(text.split("\\s+")).stream())
        .filter(word -> word.length() < 40)
        .toList();
  }
}
