/**
 * {@code darkroom generate}: images for prompts, drawn by a diffusion model, in a Delta table.
 *
 * <p>{@link dev.darkroom.jobs.generate.PromptTable} reads the prompts, {@link
 * dev.darkroom.jobs.generate.Matrix} says how each is to be drawn, {@link
 * dev.darkroom.jobs.generate.SamplePlan} leaves out what the table has, {@link
 * dev.darkroom.jobs.generate.GenerateImages} draws in tasks, and {@link
 * dev.darkroom.jobs.generate.ContactSheets} puts them side by side for people. How an image comes
 * about is the generation module's business.
 */
package dev.darkroom.jobs.generate;
