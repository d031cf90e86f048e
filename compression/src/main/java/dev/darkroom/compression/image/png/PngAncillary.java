package dev.darkroom.compression.image.png;

import java.util.Set;

/** Which ancillary chunks stay true of the same samples in another PNG file. */
public final class PngAncillary {
  /** Those that PNG and its extensions describe, and that speak of samples alone. */
  private static final Set<String> KNOWN =
      Set.of(
          "iCCP", "sRGB", "gAMA", "cHRM", "cICP", "mDCV", "cLLI", "eXIf", "pHYs", "tEXt", "zTXt",
          "iTXt", "tIME", "sBIT", "bKGD", "hIST", "sPLT", "oFFs", "pCAL", "sCAL", "sTER", "vpAg");

  /** Those that belong to the form of the samples, to animations, or to the file as a whole. */
  private static final Set<String> BOUND = Set.of("tRNS", "acTL", "fcTL", "fdAT", "dSIG", "iDOT");

  private PngAncillary() {}

  /**
   * Whether a chunk can be copied into a file with the same samples, palette and transparency: it
   * is known, or its type says that it may be copied by programs that do not know it (bit 5 of the
   * last letter, ISO/IEC 15948, 5.4).
   */
  public static boolean isKept(String type) {
    boolean ancillary = Character.isLowerCase(type.charAt(0));
    boolean safe = Character.isLowerCase(type.charAt(3));
    return ancillary && !BOUND.contains(type) && (safe || KNOWN.contains(type));
  }
}
