/**
 * What a job tells people and programs: a progress line while it runs, a summary when it is done.
 *
 * <p>Jobs hand records over; how they look on a screen or as JSON is decided here.
 */
package dev.darkroom.jobs.report;
