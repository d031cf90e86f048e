package dev.darkroom.jobs.nouns;

import dev.darkroom.recaption.nouns.WordForm;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code nouns} is to do.
 *
 * @param input a table of captions
 * @param columns the columns that hold captions, 1 or more; each is counted apart
 * @param groupBy a column that names the dataset of each row
 * @param output the folder of the tables
 * @param threshold a noun that stands more often than this is valid, 0 or more
 * @param forms what is counted, 1 or more
 */
public record NounsOptions(
    String input,
    List<String> columns,
    Optional<String> groupBy,
    String output,
    long threshold,
    Set<WordForm> forms) {
  /** Takes copies. */
  public NounsOptions {
    columns = List.copyOf(columns);
    forms = Set.copyOf(forms);
  }
}
