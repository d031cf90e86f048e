/**
 * The job {@code prune}: originals that an archive was verified to give back are listed, looked at
 * by people, and deleted.
 *
 * <p>Every doubt keeps a file, and every file that is kept has its reason. Nothing but originals is
 * ever deleted here, and nothing is decoded.
 */
package dev.darkroom.jobs.prune;
