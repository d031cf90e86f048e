/**
 * The Delta table that an archive is kept in: its columns, how rows come in, and what is already
 * there.
 *
 * <p>No image is decoded or encoded here.
 */
package dev.darkroom.jobs.table;
