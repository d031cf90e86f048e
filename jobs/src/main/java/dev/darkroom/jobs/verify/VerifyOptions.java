package dev.darkroom.jobs.verify;

import java.util.Optional;

/**
 * What {@code verify} is to do.
 *
 * @param input the archive table
 * @param where an SQL condition on the table's columns
 */
public record VerifyOptions(String input, Optional<String> where) {}
