/**
 * The command line: {@link dev.darkroom.jobs.Darkroom} takes arguments apart and starts a job.
 *
 * <p>Each job has a package of its own: options in, plan, run on a Spark session, summary out. Jobs
 * know sources, tables and reports; they know nothing of the command line, so that a notebook or
 * another program can run them too. No codec work is done here: that is the {@code compression}
 * module's.
 */
package dev.darkroom.jobs;
