package dev.darkroom.compression.image.tiff;

import dev.darkroom.compression.image.ImageDecodeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An account of a file's bytes: what the raster of its first directory and the fields beside it
 * explain. A file that holds more than that is not one raster: further directories (pages,
 * thumbnails, the images of a camera raw or a pyramid), frames behind the first one, bytes that
 * nothing refers to.
 */
final class TiffAccount {
  private static final int HEADER_BYTES = 8;

  /** Up to so many zeros between parts only align them. */
  private static final int MOST_ALIGNMENT = 15;

  private static final Pattern FRAMES =
      Pattern.compile("^(images|slices|frames|channels)=(\\d+)\\s*$", Pattern.MULTILINE);

  private record Part(int from, int to) {}

  private final byte[] file;
  private final List<Part> parts = new ArrayList<>();

  private TiffAccount(byte[] file) {
    this.file = file;
  }

  /**
   * What a file holds beside one raster.
   *
   * @param used the bytes that each segment really takes
   * @return the reason why it is not one raster, or empty where the account is complete
   */
  static Optional<String> beyondRaster(
      byte[] file, TiffDirectory directory, TiffLayout layout, int[] used)
      throws ImageDecodeException {
    if (directory.hasNext()) {
      return Optional.of("more than one page");
    }
    if (directory.has(TiffTag.SUB_DIRECTORIES)) {
      return Optional.of("images below the first one, as camera raws and pyramids have");
    }
    if (!TiffLayout.hasPlainPalette(directory)) {
      return Optional.of("a palette of more than 8 bits");
    }
    Optional<String> frames = frames(directory);
    if (frames.isPresent()) {
      return frames;
    }
    TiffAccount account = new TiffAccount(file);
    account.add(0, HEADER_BYTES);
    account.add(directory);
    for (int i = 0; i < used.length; i++) {
      account.add(layout.offsets()[i], used[i]);
    }
    for (int tag : new int[] {TiffTag.EXIF, TiffTag.GPS}) {
      Optional<TiffDirectory> child = directory.child(tag);
      if (child.isPresent()) {
        account.add(child.get());
        Optional<TiffDirectory> grandchild = child.get().child(TiffTag.INTEROPERABILITY);
        if (grandchild.isPresent()) {
          account.add(grandchild.get());
        }
      }
    }
    return account.unexplained();
  }

  /** The frames that ImageJ and tifffile tell of in a description, where there are several. */
  private static Optional<String> frames(TiffDirectory directory) {
    String description =
        directory
            .bytes(TiffTag.IMAGE_DESCRIPTION)
            .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
            .orElse("");
    if (description.startsWith("ImageJ=")) {
      Matcher matcher = FRAMES.matcher(description);
      while (matcher.find()) {
        if (!matcher.group(2).matches("0*[01]")) {
          return Optional.of("a stack of " + matcher.group(2) + " " + matcher.group(1));
        }
      }
    }
    return description.startsWith("{") && description.contains("\"truncated\": true")
        ? Optional.of("a stack behind its first frame")
        : Optional.empty();
  }

  private void add(TiffDirectory directory) {
    add(directory.start(), directory.end() - directory.start());
    for (TiffDirectory.Field field : directory.fields()) {
      if (!field.isInline()) {
        add(field.start(), field.bytes());
      }
    }
  }

  private void add(int from, int length) {
    parts.add(new Part(from, from + length));
  }

  private Optional<String> unexplained() {
    parts.sort(Comparator.comparingInt(Part::from));
    int end = 0;
    for (Part part : parts) {
      if (part.from() > end && !isAlignment(end, part.from())) {
        return Optional.of(between(end, part.from()));
      }
      end = Math.max(end, part.to());
    }
    return isAlignment(end, file.length)
        ? Optional.empty()
        : Optional.of(between(end, file.length));
  }

  private boolean isAlignment(int from, int to) {
    if (to - from > MOST_ALIGNMENT) {
      return false;
    }
    // an odd byte may be anything: some writers leave what was in their buffer
    for (int i = from; to - from > 1 && i < to; i++) {
      if (file[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static String between(int from, int to) {
    return "%d bytes at %d that neither its samples nor its fields refer to"
        .formatted(to - from, from);
  }
}
