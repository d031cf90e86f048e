/**
 * Files in, archive rows out, and back: decides how a file is kept, checks that it can be restored,
 * and restores it.
 *
 * <p>{@link dev.darkroom.compression.archive.FileArchiver} never throws for a bad file: the outcome
 * is a row with a status. Tables, paths and Spark may not come in here.
 */
package dev.darkroom.compression.archive;
