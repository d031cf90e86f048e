/**
 * How a job goes through its chunks: some are made while others are committed.
 *
 * <p>Nothing here knows what a chunk holds, or which table it goes into.
 */
package dev.darkroom.jobs.run;
