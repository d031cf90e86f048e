package dev.darkroom.jobs.curation.figures;

import java.util.List;

/**
 * All that a report says.
 *
 * @param title what it is about
 * @param threshold a noun is valid that occurs more often than this
 * @param inputs what was read
 * @param captions the sets of captions in it, in the order of the inputs
 * @param shifts how the use of nouns changes from set to set
 * @param images the images of each input that has any
 * @param archives the inputs that are archives
 * @param failures what failed or fell short
 * @param samples rows for people to look at
 * @param making how the report was made
 */
public record CurationFigures(
    String title,
    long threshold,
    List<InputFigures> inputs,
    List<CaptionFigures> captions,
    List<NounShift> shifts,
    List<ImageFigures> images,
    List<ArchiveFigures> archives,
    List<Failure> failures,
    List<Sample> samples,
    Making making) {
  /** Takes copies. */
  public CurationFigures {
    inputs = List.copyOf(inputs);
    captions = List.copyOf(captions);
    shifts = List.copyOf(shifts);
    images = List.copyOf(images);
    archives = List.copyOf(archives);
    failures = List.copyOf(failures);
    samples = List.copyOf(samples);
  }
}
