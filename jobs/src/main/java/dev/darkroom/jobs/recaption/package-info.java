/**
 * The job {@code recaption}: images get captions from a LLaVA model, in tasks that Spark gives GPUs
 * to where it is told to, and the captions become rows of a Delta table.
 *
 * <p>Who captions is a {@link dev.darkroom.udfs.caption.CaptionerSource}; nothing here knows
 * whether that is a model in this JVM or a server far away.
 */
package dev.darkroom.jobs.recaption;
