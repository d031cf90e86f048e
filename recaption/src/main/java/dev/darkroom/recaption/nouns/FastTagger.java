package dev.darkroom.recaption.nouns;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import opennlp.tools.util.StringUtil;

/**
 * The tokens and tags of {@link OpenNlpTagger}, always the same ones, in a fraction of its time.
 * Time grows with the length of the text.
 *
 * <p>How a piece between white space is cut depends on the piece alone, and what a token's own
 * features weigh on the token alone; both are remembered for some ten thousand that came before.
 */
final class FastTagger implements Tagger {
  private static final int MEMO_BITS = 16;
  private static final int ASCII = 128;
  private static final boolean[] SPACES = new boolean[ASCII];

  static {
    for (char c = 0; c < ASCII; c++) {
      SPACES[c] = StringUtil.isWhitespace(c);
    }
  }

  private final TokenSplitter splitter = Tables.SPLITTER;
  private final TagModel model = Tables.MODEL;
  private final Decoding decoding;
  private final TextMemo<Word> words = new TextMemo<>(MEMO_BITS);
  private final TextMemo<Piece> pieces = new TextMemo<>(MEMO_BITS);

  /** A tagger with OpenNLP's English models, and with a memory of its own. */
  FastTagger() {
    this(new TagDecoder(Tables.MODEL)::decode);
  }

  private FastTagger(Decoding decoding) {
    this.decoding = decoding;
  }

  /** The same, but by beam search for each text, also where that is not needed. */
  static FastTagger searching() {
    return new FastTagger(new TagDecoder(Tables.MODEL)::search);
  }

  @Override
  public List<TaggedToken> tag(String text) {
    Words words = words(text);
    int[] outcomes = decoding.outcomes(words.list, words.count);
    TaggedToken[] tokens = new TaggedToken[outcomes.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = words.list[i].tagged(outcomes[i], model.tag(outcomes[i]));
    }
    return Collections.unmodifiableList(Arrays.asList(tokens));
  }

  private Words words(String text) {
    Words words = new Words();
    int length = text.length();
    int i = 0;
    while (i < length) {
      while (i < length && isSpace(text.charAt(i))) {
        i++;
      }
      int from = i;
      int hash = 0;
      while (i < length && !isSpace(text.charAt(i))) {
        hash = TextIndex.roll(hash, text.charAt(i));
        i++;
      }
      if (from < i) {
        words.add(piece(text, from, i, hash).words());
      }
    }
    return words;
  }

  private static boolean isSpace(char c) {
    return c < ASCII ? SPACES[c] : StringUtil.isWhitespace(c);
  }

  private Piece piece(String text, int from, int to, int hash) {
    Piece known = pieces.find(text, from, to, hash);
    if (known != null) {
      return known;
    }
    int[] ends = splitter.ends(text, from, to);
    Word[] parts = new Word[ends.length];
    int start = from;
    for (int i = 0; i < ends.length; i++) {
      parts[i] = word(text.substring(start, ends[i]));
      start = ends[i];
    }
    Piece piece = new Piece(text.substring(from, to), parts);
    pieces.keep(piece);
    return piece;
  }

  private Word word(String token) {
    Word known = words.find(token, 0, token.length(), token.hashCode());
    if (known != null) {
      return known;
    }
    Word word = model.word(token);
    words.keep(word);
    return word;
  }

  private interface Decoding {
    int[] outcomes(Word[] words, int length);
  }

  /** What stands between white space, and its tokens. */
  private record Piece(String text, Word[] words) implements TextMemo.Entry {}

  /** A growing list that gives out its array. */
  private static final class Words {
    private Word[] list = new Word[32];
    private int count;

    void add(Word[] more) {
      if (count + more.length > list.length) {
        list = Arrays.copyOf(list, Math.max(2 * list.length, count + more.length));
      }
      System.arraycopy(more, 0, list, count, more.length);
      count += more.length;
    }
  }

  /** Built when the first text comes. */
  private static final class Tables {
    private static final TokenSplitter SPLITTER = new TokenSplitter(EnglishModels.tokenizer());
    private static final TagModel MODEL = new TagModel(EnglishModels.tags());
  }
}
