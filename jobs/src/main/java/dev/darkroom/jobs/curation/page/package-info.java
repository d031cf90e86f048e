/**
 * How a report looks: figures in, one HTML page out.
 *
 * <p>Texts of a dataset are hostile until escaped, so they reach the page through {@link
 * dev.darkroom.jobs.curation.page.Html} and Jackson alone; nothing here joins strings to markup.
 */
package dev.darkroom.jobs.curation.page;
