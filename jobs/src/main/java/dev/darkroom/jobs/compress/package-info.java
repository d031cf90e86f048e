/**
 * The job {@code compress}: images in, an archive table out.
 *
 * <p>It plans chunks, develops each on Spark's executors and merges it into the table in one
 * transaction. How an image is coded is the {@code compression} module's affair; what may go wrong
 * with one image ends in that image's row.
 */
package dev.darkroom.jobs.compress;
