package dev.darkroom.jobs.curation.figures;

import java.util.List;

/**
 * What compressing did to an archive's images.
 *
 * @param input the archive
 * @param outcomes its images by outcome
 * @param rates images by bits per subpixel, for each coding
 */
public record ArchiveFigures(String input, List<Outcome> outcomes, List<Rates> rates) {
  /** Takes copies. */
  public ArchiveFigures {
    outcomes = List.copyOf(outcomes);
    rates = List.copyOf(rates);
  }

  /**
   * Images that came out the same way.
   *
   * @param status {@code ok}, {@code stored} or {@code failed}
   * @param coding {@code iflow}, {@code zstd}, {@code stored}, or a dash where there is no payload
   * @param images how many
   * @param bytesBefore bytes of their files
   * @param bytesAfter bytes of their payloads
   * @param bpsp payload bits per subpixel over all of them; 0 where it is not known
   */
  public record Outcome(
      String status, String coding, long images, long bytesBefore, long bytesAfter, double bpsp) {}

  /**
   * Bits per subpixel of the images of a coding.
   *
   * @param coding the coding
   * @param bpsp images by bits per subpixel, in bins of a quarter bit
   */
  public record Rates(String coding, Histogram bpsp) {}
}
