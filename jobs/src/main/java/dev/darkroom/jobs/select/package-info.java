/**
 * {@code darkroom select}: those rows of a table whose texts fit a target best, by ZIP-FIT.
 *
 * <p>{@link dev.darkroom.jobs.select.SelectJob} has targets chosen ({@link
 * dev.darkroom.jobs.select.Targets}), all texts scored in one pass and the best rows written in one
 * commit. What is measured is {@link dev.darkroom.recaption.selection.Alignment}'s business. No
 * image is read here.
 */
package dev.darkroom.jobs.select;
