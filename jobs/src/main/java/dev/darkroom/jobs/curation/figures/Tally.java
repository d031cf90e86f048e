package dev.darkroom.jobs.curation.figures;

/**
 * How often something occurs.
 *
 * @param name what
 * @param count how often
 */
public record Tally(String name, long count) {}
