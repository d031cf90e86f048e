package dev.darkroom.recaption.nouns;

import java.util.Locale;
import opennlp.tools.util.StringUtil;
import opennlp.tools.util.featuregen.FeatureGeneratorUtil;

/**
 * The class of chars of a token, and the token in lower case, as OpenNLP has them. Tokens of ASCII
 * are classified here, others by OpenNLP.
 */
final class WordClass {
  private WordClass() {}

  static boolean isAscii(String token) {
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  /** The token in lower case, char by char. */
  static String lower(String token) {
    return isAscii(token) ? token.toLowerCase(Locale.ROOT) : StringUtil.toLowerCase(token);
  }

  /** The class as {@link FeatureGeneratorUtil#tokenFeature} names it. */
  static String of(String token) {
    if (!isAscii(token)) {
      return FeatureGeneratorUtil.tokenFeature(token);
    }
    int digits = 0;
    int capitals = 0;
    int small = 0;
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c >= 'A' && c <= 'Z') {
        capitals++;
      } else if (c >= 'a' && c <= 'z') {
        small++;
      }
    }
    int length = token.length();
    if (small == length) {
      return "lc";
    }
    if (digits > 0) {
      return digits == 2 ? "2d" : digits == 4 ? "4d" : withDigits(token, capitals + small > 0);
    }
    if (capitals == length) {
      return length == 1 ? "sc" : "ac";
    }
    boolean beginsWithCapital = token.charAt(0) >= 'A' && token.charAt(0) <= 'Z';
    if (beginsWithCapital && length == 2 && token.charAt(1) == '.') {
      return "cp";
    }
    return beginsWithCapital ? "ic" : "other";
  }

  private static String withDigits(String token, boolean letters) {
    if (letters) {
      return "an";
    }
    if (token.indexOf('-') >= 0) {
      return "dd";
    }
    if (token.indexOf('/') >= 0) {
      return "ds";
    }
    if (token.indexOf(',') >= 0) {
      return "dc";
    }
    return token.indexOf('.') >= 0 ? "dp" : "num";
  }
}
