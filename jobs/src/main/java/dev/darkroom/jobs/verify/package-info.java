/**
 * The job {@code verify}: every image of an archive is decoded and compared with its row's hashes.
 *
 * <p>It reads and tells; nothing is written but the summary.
 */
package dev.darkroom.jobs.verify;
