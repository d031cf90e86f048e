package dev.darkroom.jobs.curation.figures;

/**
 * What one set of captions is like.
 *
 * @param name what it is called on the page
 * @param input the input that it is from
 * @param role {@code raw}, {@code new} or {@code text}
 * @param rows rows that could hold a caption
 * @param nulls of these, rows without a value
 * @param blanks of these, rows with nothing but white space
 * @param notText of these, rows whose value is no text
 * @param captions the others
 * @param length how long the captions are
 * @param readability how hard they are to read
 * @param duplicates how many are the same
 * @param nouns their nouns
 */
public record CaptionFigures(
    String name,
    String input,
    String role,
    long rows,
    long nulls,
    long blanks,
    long notText,
    long captions,
    Length length,
    Readability readability,
    Duplicates duplicates,
    NounFigures nouns) {

  /**
   * Words in a caption.
   *
   * @param mean words in a caption on average
   * @param p5 words that 5 % of the captions don't exceed
   * @param median words that half of the captions don't exceed
   * @param p95 words that 95 % of the captions don't exceed
   * @param words captions by words, one bin for each number; the last has all that are longer
   */
  public record Length(double mean, long p5, long median, long p95, Histogram words) {}

  /**
   * Flesch's reading ease.
   *
   * @param captions captions with a word in them
   * @param mean of all of these
   * @param scores captions by score, in bins of 5; the outer ones have all that is beyond
   */
  public record Readability(long captions, double mean, Histogram scores) {}
}
