/**
 * Models on executors: {@link dev.darkroom.udfs.model.ModelStore} brings a model's files from any
 * file system to the machine, once; {@link dev.darkroom.udfs.model.ModelCache} keeps what was
 * loaded from them, once in each JVM, for all its tasks.
 *
 * <p>What a model is, and how it is loaded, is known to those who use this package.
 */
package dev.darkroom.udfs.model;
