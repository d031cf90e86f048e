package dev.darkroom.jobs.curation.page;

/** A part of a page, which writes itself as HTML with everything escaped that has to be. */
sealed interface Html permits Element, Text, CodeBlock {
  /** Writes this part at the end of a page. */
  void writeTo(StringBuilder page);

  /** Text, whatever is in it. */
  static Html text(String text) {
    return new Text(text);
  }
}
