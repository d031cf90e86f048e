/**
 * The job {@code nouns}: counts the nouns of captions, in one pass over a table, into a table of
 * densities (PixArt-alpha, table 1) and a histogram.
 *
 * <p>What a noun is, is {@code dev.darkroom.recaption.nouns}; nothing here may look into captions.
 */
package dev.darkroom.jobs.nouns;
