package dev.darkroom.compression.image;

import static java.util.Map.entry;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Says what a file is that is no image, as far as its bytes tell. */
final class OtherContent {
  private static final List<Map.Entry<String, String>> PREFIXES =
      List.of(
          entry("PK\u0003\u0004", "a ZIP archive"),
          entry("PK\u0005\u0006", "an empty ZIP archive"),
          entry("\u001f\u008b", "gzip data"),
          entry("(\u00b5/\u00fd", "zstd data"),
          entry("7z\u00bc\u00af'\u001c", "a 7z archive"),
          entry("Rar!\u001a\u0007", "a RAR archive"),
          entry("%PDF", "a PDF document"),
          entry("%!PS", "a PostScript document"),
          entry("PAR1", "a Parquet file"),
          entry("SQLite format 3\0", "a SQLite database"),
          entry("\u001aE\u00df\u00a3", "a Matroska or WebM video"),
          entry("\u0093NUMPY", "a NumPy array"),
          entry("\u0089HDF\r\n\u001a\n", "an HDF5 file"),
          entry("\u007fELF", "a program"));

  private static final int TEXT_BYTES = 4096;

  private OtherContent() {}

  /**
   * A sentence on a file that {@link ImageFormat#sniff} does not know.
   *
   * @param file its bytes
   */
  static String describe(byte[] file) {
    if (file.length == 0) {
      return "the file is empty";
    }
    for (Map.Entry<String, String> prefix : PREFIXES) {
      if (FormatSignatures.hasAt(file, 0, prefix.getKey())) {
        return isNoImage(prefix.getValue());
      }
    }
    if (FormatSignatures.hasAt(file, 257, "ustar")) {
      return isNoImage("a tar archive");
    }
    if (FormatSignatures.hasAt(file, 4, "ftyp")) {
      return isNoImage("an MP4 or QuickTime video");
    }
    if (isText(file)) {
      String start = new String(file, 0, Math.min(file.length, 64), StandardCharsets.UTF_8).strip();
      return isNoImage(start.startsWith("{") || start.startsWith("[") ? "JSON" : "text");
    }
    return "the file begins like no image format known here";
  }

  private static String isNoImage(String what) {
    return "the file is " + what + ", no image";
  }

  /** Whether the beginning is UTF-8 without control characters. */
  private static boolean isText(byte[] file) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(file, 0, Math.min(file.length, TEXT_BYTES));
    CharBuffer text = CharBuffer.allocate(TEXT_BYTES);
    // a character that the limit cuts in two is no error
    if (decoder.decode(in, text, in.limit() == file.length).isError()) {
      return false;
    }
    return text.flip()
        .chars()
        .noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
  }
}
