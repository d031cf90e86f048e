package dev.darkroom.jobs.curation.page;

import java.util.List;

/**
 * A row of table 1 of PixArt-alpha (Chen et al., 2023, arXiv 2310.00426, section 2.4), as the paper
 * rounds it.
 *
 * @param name the dataset
 * @param valid valid distinct nouns, thousands
 * @param distinct distinct nouns, thousands
 * @param share VN/DN
 * @param total all nouns, millions
 * @param average nouns in an image's caption
 */
record PaperRow(String name, int valid, int distinct, double share, double total, double average) {
  /** All rows of the table. */
  static final List<PaperRow> ALL =
      List.of(
          new PaperRow("LAION", 210, 2461, 0.085, 72.0, 6.4),
          new PaperRow("LAION-LLaVA", 85, 646, 0.133, 233.9, 20.9),
          new PaperRow("SAM-LLaVA", 23, 124, 0.186, 327.9, 29.3),
          new PaperRow("Internal", 152, 582, 0.261, 136.6, 12.2));
}
