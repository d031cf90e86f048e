package dev.darkroom.jobs.select;

/**
 * What to select, and from what.
 *
 * @param input a table of texts: a path or URI that {@link dev.darkroom.jobs.source.TextTable}
 *     opens
 * @param column its column of texts
 * @param target what to look for: a place of a table or of a text file with a target a line, or
 *     else a text
 * @param targetColumn the column of texts where the target is a table
 * @param targets how many different target texts are used at most, 1 and more
 * @param seed which of them, where there are more
 * @param keep how many rows to keep
 * @param scoreColumn what the column with the alignment is to be called
 * @param output where the Delta table goes: a path or URI
 * @param overwrite whether a Delta table that is there is replaced
 */
public record SelectOptions(
    String input,
    String column,
    String target,
    String targetColumn,
    int targets,
    long seed,
    Keep keep,
    String scoreColumn,
    String output,
    boolean overwrite) {}
