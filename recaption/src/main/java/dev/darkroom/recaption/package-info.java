/**
 * Captions for images: what is asked, what is answered, and who can answer.
 *
 * <p>The types that every captioner shares live here; the captioners themselves are in the packages
 * below: {@code llava} runs a model in this JVM, {@code endpoint} asks an inference server. Nothing
 * here may know of Spark, of tables or of the command line.
 */
package dev.darkroom.recaption;
