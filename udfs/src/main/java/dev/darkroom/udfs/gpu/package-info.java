/**
 * Which GPUs a task may use: how many are asked of the cluster, and which ones Spark then gave.
 *
 * <p>Spark assigns addresses to tasks and nothing more; it neither hides the other GPUs nor starts
 * anything on one. Whoever runs on a GPU takes its address from here. No model is known here.
 */
package dev.darkroom.udfs.gpu;
