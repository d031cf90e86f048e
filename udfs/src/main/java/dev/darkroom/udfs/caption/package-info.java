/**
 * Captioners on executors: how to come by one, shared by the tasks of a JVM, and how to run rows
 * through it.
 *
 * <p>Where images come from and where captions go is not known here.
 */
package dev.darkroom.udfs.caption;
