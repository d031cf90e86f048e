/**
 * Diffusion pipelines for Spark tasks: how a task comes by one, on the GPU that it was given,
 * shared with the other tasks of its executor.
 */
package dev.darkroom.udfs.generate;
