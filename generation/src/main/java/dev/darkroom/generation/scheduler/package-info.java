/**
 * Samplers: the steps that lead from noise to an image, as Hugging Face's diffusers takes them.
 *
 * <p>{@link dev.darkroom.generation.scheduler.SchedulerConfig} reads the {@code
 * scheduler_config.json} of a model folder and makes the {@link
 * dev.darkroom.generation.scheduler.Scheduler}; each image has a {@link
 * dev.darkroom.generation.scheduler.Stepper} of its own. Coefficients and samples are float32, in
 * diffusers' order of operations, with logarithms and exponentials rounded once from float64: the
 * same on every JVM.
 *
 * <p>Only Java and Jackson: no models, no inference engine.
 */
package dev.darkroom.generation.scheduler;
