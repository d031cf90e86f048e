/**
 * The curation report: what a dataset of captions and images is like, on one page for people and as
 * JSON for programs.
 *
 * <p>Everything is counted by Spark on the executors. What comes to the driver is bounded: counts,
 * histograms with fixed bins, top lists and a sample. How it looks is for {@code page}.
 */
package dev.darkroom.jobs.curation;
