/**
 * What every kind of model here needs, whatever it does: the files of its folder and their hashes,
 * what is said of folders that can't be used, who a model is, and random numbers that are the same
 * everywhere.
 *
 * <p>{@link dev.darkroom.models.JsonFile} and {@link dev.darkroom.models.Manifest} read a folder,
 * {@link dev.darkroom.models.ModelException} says what is wrong with one, and {@link
 * dev.darkroom.models.ModelIdentity} is the name and hash that results are kept by. Graphs are in
 * {@code onnx}, below; nothing here knows of them.
 *
 * <p>What one kind of model alone needs stays with it. No other module of this project may come in,
 * neither Spark, Hadoop nor tables, nor what is asked of a model or what it answers.
 */
package dev.darkroom.models;
