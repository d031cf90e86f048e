/**
 * The job {@code restore}: an archive table in, files out.
 *
 * <p>Paths in a table are strangers' words: {@link dev.darkroom.jobs.restore.TargetName} and {@link
 * dev.darkroom.jobs.restore.TargetFolder} keep every file inside the output folder.
 */
package dev.darkroom.jobs.restore;
