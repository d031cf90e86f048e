package dev.darkroom.recaption.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes the colour profile out of a JPEG file, so that no reader converts colours by it.
 *
 * <p>Profiles are in APP2 segments ({@code FF E2}, two bytes of length, {@code ICC_PROFILE\0},
 * ...), which come before the first scan ({@code FF DA}).
 */
final class JpegProfile {
  private static final byte[] NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MARKER = 0xFF;
  private static final int APP2 = 0xE2;
  private static final int START_OF_SCAN = 0xDA;
  private static final int HEADER = 4;

  private JpegProfile() {}

  /** The file without its profile; the very file where it has none or is damaged. */
  static byte[] removed(byte[] file) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    int copied = 0;
    int place = 2;
    while (place + HEADER <= file.length && (file[place] & 0xFF) == MARKER) {
      int kind = file[place + 1] & 0xFF;
      int end = place + 2 + ((file[place + 2] & 0xFF) << 8 | file[place + 3] & 0xFF);
      if (kind == START_OF_SCAN || kind == MARKER || end > file.length) {
        break;
      }
      if (kind == APP2 && isProfile(file, place + HEADER, end)) {
        kept.write(file, copied, place - copied);
        copied = end;
      }
      place = end;
    }
    if (copied == 0) {
      return file;
    }
    kept.write(file, copied, file.length - copied);
    return kept.toByteArray();
  }

  private static boolean isProfile(byte[] file, int from, int end) {
    return end - from >= NAME.length
        && Arrays.equals(file, from, from + NAME.length, NAME, 0, NAME.length);
  }
}
