package dev.darkroom.jobs.curation.figures;

import java.util.List;

/**
 * What the images of an input are like, as far as its rows tell.
 *
 * @param input the input
 * @param images images by path
 * @param bytes bytes of the files whose size is known
 * @param duplicates images that are the same by SHA-256; of nothing where no hash is known
 * @param measured images whose width and height are known
 * @param megapixels measured images by megapixels, in bins that end at 1, 2 and 5 of each decade
 * @param aspects measured images by width over height, bins of an eighth of an octave
 * @param formats images by format, as decoded, or by the ending of the name where that is not known
 */
public record ImageFigures(
    String input,
    long images,
    long bytes,
    Duplicates duplicates,
    long measured,
    Histogram megapixels,
    Histogram aspects,
    List<Tally> formats) {
  /** Takes a copy. */
  public ImageFigures {
    formats = List.copyOf(formats);
  }
}
