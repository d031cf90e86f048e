package dev.darkroom.compression.image.gif;

import java.util.ArrayList;
import java.util.List;

/** What a GIF file of one frame holds beside its pixels that a PNG file made of them does not. */
public final class GifLeftovers {
  /** Data of an application, or text to be drawn. */
  public static final String APPLICATION_DATA = "application-data";

  /** Comments. */
  public static final String COMMENTS = "comments";

  /** Bytes behind the trailer. */
  public static final String TRAILING_BYTES = "trailing-bytes";

  private GifLeftovers() {}

  /** Short names of what is left behind, in alphabetical order. */
  public static List<String> of(byte[] file) {
    GifScan scan = GifScan.of(file);
    List<String> names = new ArrayList<>();
    if (scan.hasApplicationData()) {
      names.add(APPLICATION_DATA);
    }
    if (scan.hasComments()) {
      names.add(COMMENTS);
    }
    if (scan.hasTrailingBytes()) {
      names.add(TRAILING_BYTES);
    }
    return List.copyOf(names);
  }
}
