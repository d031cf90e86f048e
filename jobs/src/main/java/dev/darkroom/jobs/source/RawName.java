package dev.darkroom.jobs.source;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * File names as text, and back. A name is bytes; nearly all are UTF-8.
 *
 * <p>A name that is not UTF-8 is told as {@code percent:} and the bytes, all but letters, digits
 * and {@code - . _ ~ /} as {@code %} and two hex digits (RFC 3986, section 2.1). A name that is
 * UTF-8 but begins with {@code percent:} is told in the same way, so that no two names have one
 * text.
 */
public final class RawName {
  private static final String MARK = "percent:";
  private static final String PLAIN = "-._~/";
  private static final int HEX = 16;
  private static final int ASCII = 0x80;

  private RawName() {}

  /** The text of a name. */
  public static String text(byte[] name) {
    return utf8(name)
        .filter(text -> !text.startsWith(MARK))
        .orElseGet(() -> MARK + percent(name, false));
  }

  /**
   * The bytes of a name, from its text.
   *
   * @throws IllegalArgumentException where the text is marked, and no {@link #text} of a name
   */
  public static byte[] bytes(String text) {
    return text.startsWith(MARK)
        ? unpercent(text.substring(MARK.length()))
        : text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A name as people can read it, in ASCII where it is not UTF-8; two names may read the same.
   *
   * @param name bytes of a name, or of a path with {@code /} between names
   */
  static String readable(byte[] name) {
    return utf8(name).orElseGet(() -> percent(name, true));
  }

  /** The text, where the bytes are UTF-8. */
  static Optional<String> utf8(byte[] name) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * The bytes with percent signs.
   *
   * @param sparing whether ASCII characters stay that a path may hold but a URI may not
   */
  static String percent(byte[] bytes, boolean sparing) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      boolean printable = b > ' ' - 1 && b < ASCII - 1 && b != '%';
      if (sparing ? printable : isPlain(b)) {
        text.append((char) b);
      } else {
        text.append("%%%02X".formatted(Byte.toUnsignedInt(b)));
      }
    }
    return text.toString();
  }

  private static boolean isPlain(byte b) {
    return b > 0 && (Character.isLetterOrDigit((char) b) || PLAIN.indexOf(b) >= 0);
  }

  /** Text in ASCII with percent signs, as bytes. */
  static byte[] unpercent(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      if (i + 2 >= text.length()) {
        throw new IllegalArgumentException("'%s' ends within a percent sign".formatted(text));
      }
      bytes.write(Integer.parseInt(text, i + 1, i + 3, HEX));
      i += 2;
    }
    return bytes.toByteArray();
  }
}
