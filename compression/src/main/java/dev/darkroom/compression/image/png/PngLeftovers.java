package dev.darkroom.compression.image.png;

import dev.darkroom.compression.image.ImageDecodeException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a PNG file holds beside its samples that a PNG file made of its image does not. */
public final class PngLeftovers {
  /** Bytes behind IEND, or behind the compressed rows. */
  public static final String TRAILING_BYTES = "trailing-bytes";

  /** Chunks that only programs that know them may copy. */
  public static final String PRIVATE_CHUNKS = "private-chunks";

  /** A signature of the file's bytes. */
  public static final String SIGNATURE = "signature";

  /** The colours to which a picture in full colour might be reduced. */
  public static final String SUGGESTED_PALETTE = "suggested-palette";

  private PngLeftovers() {}

  /**
   * Short names of what is left behind, in alphabetical order.
   *
   * @param file a PNG file; nothing is said of a damaged one
   */
  public static List<String> of(byte[] file) {
    PngFile png;
    try {
      png = PngFile.parse(file);
    } catch (ImageDecodeException e) {
      return List.of();
    }
    Set<String> names = new TreeSet<>();
    if (png.end() < file.length || hasTrailingData(png)) {
      names.add(TRAILING_BYTES);
    }
    boolean indexed = png.header().colorType() == PngHeader.PALETTE;
    for (PngChunk chunk : png.chunks()) {
      String type = chunk.type();
      if (type.equals("dSIG")) {
        names.add(SIGNATURE);
      } else if (type.equals("PLTE") && !indexed) {
        names.add(SUGGESTED_PALETTE);
      } else if (!chunk.isCritical() && !type.equals("tRNS") && !PngAncillary.isKept(type)) {
        names.add(PRIVATE_CHUNKS);
      }
    }
    return List.copyOf(names);
  }

  private static boolean hasTrailingData(PngFile png) {
    byte[] data = png.compressedLines();
    return PngLines.inflate(png.header(), data)
        .map(content -> content.end() + PngScan.CHUNK_END < data.length)
        .orElse(false);
  }
}
