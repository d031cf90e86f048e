/**
 * Spark adapters of the codec and the captioners: SQL functions, functions from Dataset to Dataset,
 * and the assignment of GPUs to tasks. Jobs build on this; nothing here may know of the command
 * line or of the tables that jobs keep.
 */
package dev.darkroom.udfs;
