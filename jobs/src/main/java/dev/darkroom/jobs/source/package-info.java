/**
 * Where images come from: files below a folder or a glob, samples of WebDataset tars, or rows of a
 * Parquet or Delta table that hold images or say where they are.
 *
 * <p>A source lists its images, leaves out those the archive already has, and hands the rest out in
 * chunks of {@link dev.darkroom.jobs.source.Candidate} rows. It neither decodes nor encodes.
 *
 * <p>{@link dev.darkroom.jobs.source.TextTable} is for jobs that read texts alone.
 */
package dev.darkroom.jobs.source;
