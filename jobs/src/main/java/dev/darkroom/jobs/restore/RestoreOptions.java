package dev.darkroom.jobs.restore;

import java.util.Optional;

/**
 * What {@code restore} is to do.
 *
 * @param input the archive table
 * @param output the folder for the files, on any Hadoop file system
 * @param where an SQL condition on the table's columns
 * @param overwrite whether files that are there may be replaced
 */
public record RestoreOptions(
    String input, String output, Optional<String> where, boolean overwrite) {}
