/**
 * The Delta tables that jobs keep: their columns, how rows come in, and what is already there.
 *
 * <p>No image is decoded, encoded or captioned here.
 */
package dev.darkroom.jobs.table;
