/**
 * Files on any Hadoop file system, each there whole or not at all.
 *
 * <p>What they hold is not known here.
 */
package dev.darkroom.jobs.storage;
