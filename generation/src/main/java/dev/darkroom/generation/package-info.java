/**
 * Images from text by diffusion models.
 *
 * <p>What is asked and what is answered lives here; the parts are in the packages below: {@code
 * noise} draws the noise, {@code scheduler} takes the steps from noise to image. Nothing here may
 * know of Spark, of tables, of the command line, or of the modules beside this one.
 */
package dev.darkroom.generation;
